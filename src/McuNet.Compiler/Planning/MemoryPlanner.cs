using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>What a schedule keeps in the arena, and when: row buffers, accumulators and scratch, found once for all plans that pack
/// them.</summary>
public sealed class MemoryPlanner
{
    /// <summary>Bases are word aligned, so that kernels may use word accesses where row sizes allow.</summary>
    public const int Alignment = 4;

    private readonly NetworkGraph _graph;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly ImmutableArray<RowBuffer> _buffers;
    private readonly ImmutableArray<StatePlace> _places;
    private readonly ArenaProblem _problem;

    /// <param name="kernels">By node, as the schedule calls them.</param>
    public MemoryPlanner(Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        (_graph, _kernels, _buffers) = (schedule.Graph, kernels, RowLiveness.Of(schedule));
        var tensors = _buffers.Where(b => b.Slots > 0).ToDictionary(b => b.Tensor, TensorBuffer);
        _places = [.. _graph.States.Select(s => StatePlace.Of(_graph, s, tensors, 2 * schedule.Steps.Length))];
        _problem = Problem(schedule, tensors);
    }

    /// <summary>No plan needs fewer bytes.</summary>
    public int LowerBound => _problem.LowerBound.Value;

    public static MemoryPlan Plan(Schedule schedule, ImmutableArray<KernelCall> kernels, ArenaOptions options) =>
        new MemoryPlanner(schedule, kernels).Plan(options);

    public MemoryPlan Plan(ArenaOptions options)
    {
        var plan = ArenaPlanner.Plan(_problem, options);
        var failures = ArenaValidator.Validate(_problem, plan);
        if (!failures.IsEmpty)
            throw new InvalidOperationException(string.Join("\n", failures));
        var scratch = _kernels.Max(k => k.ScratchBytes);
        return new MemoryPlan
        {
            ArenaBytes = plan.Total.Value,
            Tensors =
            [
                .. _buffers.Select(b =>
                    b.Slots == 0 ? null : new PlacedTensor(b.Tensor, plan.OffsetOf(PlaceOf(b.Tensor)).Value, b.RowBytes, b.Slots, b.IsRing)
                ),
            ],
            Buffers =
            [
                .. _problem.Buffers.Select(b => new PlacedBuffer(
                    b.Name,
                    KindOf(b.Id),
                    TensorOf(b.Id),
                    plan.OffsetOf(b.Id).Value,
                    [.. b.Extents.Select(e => new LiveBytes(e.FirstStep.Value, e.EndStep.Value, e.Lo.Value, e.Hi.Value))]
                )),
            ],
            ScratchBytes = scratch,
            ScratchOffset = scratch == 0 ? 0 : plan.OffsetOf(ScratchBuffer).Value,
            StateOffsets = [.. _kernels.Select((k, n) => k.StateBytes == 0 ? -1 : plan.OffsetOf(StateBuffer(n)).Value)],
            StateCopies =
            [
                .. _places
                    .Where(p => p.Joined is null)
                    .Select(p => new ByteCopy(plan.OffsetOf(p.End.Id).Value, plan.OffsetOf(p.Begin.Id).Value, p.Begin.Size.Value)),
            ],
            ProvedOptimal = plan.ProvedOptimal,
            LowerBound = plan.LowerBound.Value,
            PeakStep = plan.Peak.Step.Value / 2,
            AtPeak = plan.Peak.Buffers.Select(l => new PeakShare(l.Name, TensorOf(l.Id), l.Live.Value)).ToImmutableArray(),
        };
    }

    private static BufferId IdOf(TensorId tensor) => new(tensor.Value);

    private TensorId? TensorOf(BufferId buffer) => buffer.Value < _graph.Tensors.Length ? new(buffer.Value) : null;

    private BufferKind KindOf(BufferId buffer) =>
        buffer == ScratchBuffer ? BufferKind.Scratch
        : TensorOf(buffer) is null ? BufferKind.Accumulators
        : BufferKind.Tensor;

    /// <summary>The buffer in which a tensor lies: its own, or that of the begin of its state.</summary>
    private BufferId PlaceOf(TensorId tensor) =>
        _places.FirstOrDefault(p => p.Joined is not null && p.End.Id == IdOf(tensor))?.Begin.Id ?? IdOf(tensor);

    private ArenaBuffer TensorBuffer(RowBuffer buffer) =>
        new(
            IdOf(buffer.Tensor),
            _graph[buffer.Tensor].Name,
            new ByteCount(buffer.Bytes),
            Alignment,
            [.. buffer.Live.Select(l => Extent(l.Begin, l.End, l.Lo, l.Hi))]
        );

    private BufferId StateBuffer(int node) => new(_graph.Tensors.Length + node);

    private BufferId ScratchBuffer => new(_graph.Tensors.Length + _graph.Nodes.Length);

    private ArenaProblem Problem(Schedule schedule, Dictionary<TensorId, ArenaBuffer> tensors)
    {
        var ends = _places.Where(p => p.Joined is not null).Select(p => p.End.Id).ToHashSet();
        var begins = _places.ToDictionary(p => p.Begin.Id, p => p.Joined ?? p.Begin);
        List<ArenaBuffer> all = [.. tensors.Values.Where(b => !ends.Contains(b.Id)).Select(b => begins.GetValueOrDefault(b.Id, b))];
        var (first, last) = CallSpans(schedule);
        for (var n = 0; n < _kernels.Length; n++)
        {
            if (_kernels[n].StateBytes > 0)
            {
                all.Add(
                    new ArenaBuffer(
                        StateBuffer(n),
                        $"{_graph.Nodes[n].Name} accumulators",
                        new ByteCount(_kernels[n].StateBytes),
                        Alignment,
                        [Extent(2 * first[n], 2 * last[n] + 2, 0, _kernels[n].StateBytes)]
                    )
                );
            }
        }
        var scratch = Scratch(schedule);
        if (!scratch.IsEmpty)
            all.Add(new ArenaBuffer(ScratchBuffer, "scratch", new ByteCount(scratch.Max(e => e.Hi.Value)), Alignment, scratch));
        return ArenaProblem.Create(all);
    }

    private static (int[] First, int[] Last) CallSpans(Schedule schedule)
    {
        var first = Enumerable.Repeat(-1, schedule.Graph.Nodes.Length).ToArray();
        var last = new int[first.Length];
        for (var c = 0; c < schedule.Steps.Length; c++)
        {
            if (schedule.Steps[c].IsInput)
                continue;
            var node = schedule.Steps[c].Node.Value;
            if (first[node] < 0)
                first[node] = c;
            last[node] = c;
        }
        return (first, last);
    }

    /// <summary>One buffer for all scratch: during a call as many bytes of it live as the kernel asks for.</summary>
    private ImmutableArray<LiveExtent> Scratch(Schedule schedule)
    {
        var extents = ImmutableArray.CreateBuilder<LiveExtent>();
        var (begin, bytes) = (0, 0);
        for (var c = 0; c <= schedule.Steps.Length; c++)
        {
            var now = c == schedule.Steps.Length || schedule.Steps[c].IsInput ? 0 : _kernels[schedule.Steps[c].Node.Value].ScratchBytes;
            if (now == bytes)
                continue;
            if (bytes > 0)
                extents.Add(Extent(2 * begin, 2 * c, 0, bytes));
            (begin, bytes) = (c, now);
        }
        return extents.ToImmutable();
    }

    private static LiveExtent Extent(int begin, int end, int lo, int hi) =>
        new(new StepIndex(begin), new StepIndex(end), new ByteOffset(lo), new ByteOffset(hi));
}
