using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>What a schedule keeps in the arena, and when: row buffers, accumulators and scratch, found once for all plans that pack them.</summary>
public sealed class MemoryPlanner
{
    /// <summary>Bases are word aligned, so that kernels may use word accesses where row sizes allow.</summary>
    public const int Alignment = 4;

    private readonly NetworkGraph _graph;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly ImmutableArray<RowBuffer> _buffers;
    private readonly ArenaProblem _problem;

    /// <param name="kernels">By node, as the schedule calls them.</param>
    public MemoryPlanner(Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        (_graph, _kernels, _buffers) = (schedule.Graph, kernels, RowLiveness.Of(schedule));
        _problem = Problem(schedule);
    }

    /// <summary>No plan needs fewer bytes.</summary>
    public int LowerBound => _problem.LowerBound.Value;

    public static MemoryPlan Plan(Schedule schedule, ImmutableArray<KernelCall> kernels, ArenaOptions options) => new MemoryPlanner(schedule, kernels).Plan(options);

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
            Tensors = [.. _buffers.Select(b => b.Slots == 0 ? null : new PlacedTensor(b.Tensor, plan.OffsetOf(TensorBuffer(b.Tensor)).Value, b.RowBytes, b.Slots, b.IsRing))],
            Buffers = [.. _problem.Buffers.Select(b => new PlacedBuffer(b.Name, plan.OffsetOf(b.Id).Value, [.. b.Extents.Select(e => new LiveBytes(e.FirstStep.Value, e.EndStep.Value, e.Lo.Value, e.Hi.Value))]))],
            ScratchBytes = scratch,
            ScratchOffset = scratch == 0 ? 0 : plan.OffsetOf(ScratchBuffer).Value,
            StateOffsets = [.. _kernels.Select((k, n) => k.StateBytes == 0 ? -1 : plan.OffsetOf(StateBuffer(n)).Value)],
            ProvedOptimal = plan.ProvedOptimal,
            LowerBound = plan.LowerBound.Value,
            PeakStep = plan.Peak.Step.Value / 2,
            AtPeak = plan.Peak.Buffers.Select(l => new PeakShare(l.Name, l.Live.Value)).ToImmutableArray(),
        };
    }

    private static BufferId TensorBuffer(TensorId tensor) => new(tensor.Value);

    private BufferId StateBuffer(int node) => new(_graph.Tensors.Length + node);

    private BufferId ScratchBuffer => new(_graph.Tensors.Length + _graph.Nodes.Length);

    private ArenaProblem Problem(Schedule schedule)
    {
        var all = new List<ArenaBuffer>();
        foreach (var buffer in _buffers.Where(b => b.Slots > 0))
        {
            all.Add(new ArenaBuffer(
                TensorBuffer(buffer.Tensor), _graph[buffer.Tensor].Name, new ByteCount(buffer.Bytes), Alignment,
                buffer.Live.Select(l => Extent(l.Begin, l.End, l.Lo, l.Hi)).ToImmutableArray()));
        }
        var (first, last) = CallSpans(schedule);
        for (var n = 0; n < _kernels.Length; n++)
        {
            if (_kernels[n].StateBytes > 0)
            {
                all.Add(new ArenaBuffer(StateBuffer(n), $"{_graph.Nodes[n].Name} accumulators", new ByteCount(_kernels[n].StateBytes), Alignment,
                    [Extent(2 * first[n], 2 * last[n] + 2, 0, _kernels[n].StateBytes)]));
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
