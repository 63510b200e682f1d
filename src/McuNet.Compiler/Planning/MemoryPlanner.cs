using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>Packs a schedule's row buffers, accumulators and scratch into one arena.</summary>
public static class MemoryPlanner
{
    /// <summary>Bases are word aligned, so that kernels may use word accesses where row sizes allow.</summary>
    public const int Alignment = 4;

    public static MemoryPlan Plan(NetworkRows rows, Schedule schedule, ImmutableArray<KernelCall> kernels, ArenaOptions options) =>
        Prepare(rows, schedule, kernels).Plan(options);

    /// <summary>The packing problem of a schedule, to ask for its lower bound before any plan, or for several plans.</summary>
    public static PreparedMemory Prepare(NetworkRows rows, Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        var buffers = RowLiveness.Of(rows, schedule);
        return new PreparedMemory(rows, kernels, buffers, Problem(rows, schedule, kernels, buffers));
    }

    internal static MemoryPlan Plan(NetworkRows rows, ImmutableArray<KernelCall> kernels, ImmutableArray<RowBuffer> buffers, ArenaProblem problem, ArenaOptions options)
    {
        var plan = ArenaPlanner.Plan(problem, options);
        var failures = ArenaValidator.Validate(problem, plan);
        if (!failures.IsEmpty)
            throw new InvalidOperationException(string.Join("\n", failures));
        var tensors = buffers.Select(b => b.Slots == 0 ? null : new PlacedTensor(
            b.Tensor, plan.OffsetOf(TensorBuffer(b.Tensor)).Value, b.RowBytes, b.Slots, b.IsRing)).ToImmutableArray();
        var scratch = kernels.Max(k => k.ScratchBytes);
        return new MemoryPlan
        {
            ArenaBytes = plan.Total.Value,
            Tensors = tensors,
            ScratchBytes = scratch,
            ScratchOffset = scratch == 0 ? 0 : plan.OffsetOf(ScratchBuffer(rows)).Value,
            StateOffsets = kernels.Select((k, n) => k.StateBytes == 0 ? -1 : plan.OffsetOf(StateBuffer(rows, n)).Value).ToImmutableArray(),
            ProvedOptimal = plan.ProvedOptimal,
            LowerBound = plan.LowerBound.Value,
            PeakStep = plan.Peak.Step.Value / 2,
            AtPeak = plan.Peak.Buffers.Select(l => new PeakShare(l.Name, l.Live.Value)).ToImmutableArray(),
        };
    }

    private static BufferId TensorBuffer(TensorId tensor) => new(tensor.Value);

    private static BufferId StateBuffer(NetworkRows rows, int node) => new(rows.Graph.Tensors.Length + node);

    private static BufferId ScratchBuffer(NetworkRows rows) => new(rows.Graph.Tensors.Length + rows.Graph.Nodes.Length);

    private static ArenaProblem Problem(NetworkRows rows, Schedule schedule, ImmutableArray<KernelCall> kernels, ImmutableArray<RowBuffer> buffers)
    {
        var all = new List<ArenaBuffer>();
        foreach (var buffer in buffers.Where(b => b.Slots > 0))
        {
            all.Add(new ArenaBuffer(
                TensorBuffer(buffer.Tensor), rows.Graph[buffer.Tensor].Name, new ByteCount(buffer.Bytes), Alignment,
                buffer.Live.Select(l => Extent(l.Begin, l.End, l.Lo, l.Hi)).ToImmutableArray()));
        }
        var (first, last) = CallSpans(rows, schedule);
        for (var n = 0; n < kernels.Length; n++)
        {
            if (kernels[n].StateBytes > 0)
            {
                all.Add(new ArenaBuffer(StateBuffer(rows, n), $"{rows.Graph.Nodes[n].Name} accumulators", new ByteCount(kernels[n].StateBytes), Alignment,
                    [Extent(2 * first[n], 2 * last[n] + 2, 0, kernels[n].StateBytes)]));
            }
        }
        var scratch = Scratch(schedule, kernels);
        if (!scratch.IsEmpty)
            all.Add(new ArenaBuffer(ScratchBuffer(rows), "scratch", new ByteCount(scratch.Max(e => e.Hi.Value)), Alignment, scratch));
        return ArenaProblem.Create(all);
    }

    private static (int[] First, int[] Last) CallSpans(NetworkRows rows, Schedule schedule)
    {
        var first = Enumerable.Repeat(-1, rows.Graph.Nodes.Length).ToArray();
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
    private static ImmutableArray<LiveExtent> Scratch(Schedule schedule, ImmutableArray<KernelCall> kernels)
    {
        var extents = ImmutableArray.CreateBuilder<LiveExtent>();
        var (begin, bytes) = (0, 0);
        for (var c = 0; c <= schedule.Steps.Length; c++)
        {
            var now = c == schedule.Steps.Length || schedule.Steps[c].IsInput ? 0 : kernels[schedule.Steps[c].Node.Value].ScratchBytes;
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
