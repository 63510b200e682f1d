using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>
/// Weights kept in bytes that a planned arena leaves unused while a layer runs, so that reading them again does not wait for flash. The arena stays as
/// it is: what lies in it lies where it lay.
/// <code>
/// arena | tensor a ######|############        |   a, b and scratch live while the layer runs; the widest gap between them
///       |                | tensor b ##########|   takes as many records of its weights as fit
///       |       gap      |            scratch |
/// </code>
/// </summary>
public static class KeptConstants
{
    /// <returns>The kernels, of which some keep records, and the plan with the places of these.</returns>
    public static (ImmutableArray<KernelCall> Kernels, MemoryPlan Memory) Place(Schedule schedule, ImmutableArray<KernelCall> kernels, MemoryPlan memory)
    {
        var spans = Spans(schedule);
        var called = kernels.ToBuilder();
        var (offsets, buffers) = (memory.StateOffsets.ToBuilder(), memory.Buffers.ToBuilder());
        foreach (var node in Enumerable.Range(0, kernels.Length).Where(n => spans.ContainsKey(n)).OrderByDescending(n => Gain(schedule, n, kernels[n], int.MaxValue)).ThenBy(n => n))
        {
            if (kernels[node].Flash?.Records is not { } records || kernels[node].StateBytes > 0)
                continue;
            var (offset, bytes) = WidestGap(buffers, spans[node], memory.ArenaBytes);
            var count = Math.Min(records.Count, bytes / records.Bytes);
            if (count == 0 || Gain(schedule, node, kernels[node], count) <= 0)
                continue;
            called[node] = kernels[node].Keeping(count);
            offsets[node] = offset;
            buffers.Add(new($"{schedule.Graph.Nodes[node].Name} weights", offset, [new(spans[node].Begin, spans[node].End, 0, called[node].StateBytes)]));
        }

        return (called.ToImmutable(), memory with { StateOffsets = offsets.ToImmutable(), Buffers = buffers.ToImmutable() });
    }

    /// <summary>Cycles that a layer waits less with so many records in RAM, less those of copying them.</summary>
    private static double Gain(Schedule schedule, int node, KernelCall kernel, int count)
    {
        if (kernel.Flash is not { Records: { } records } flash)
            return 0;
        count = Math.Min(count, records.Count);
        return schedule.Steps.Where(s => !s.IsInput && s.Node.Value == node).Sum(Saved) - count * flash.CopyCycles;

        double Saved(ScheduleStep step) => step.Joined
            ? flash.Waits(step.Count, 0) - flash.Waits(step.Count, count)
            : step.Count * (flash.Waits(1, 0) - flash.Waits(1, count));
    }

    /// <summary>By node the moments from its first step to its last, two to a step as buffers count them.</summary>
    private static Dictionary<int, (int Begin, int End)> Spans(Schedule schedule)
    {
        var spans = new Dictionary<int, (int Begin, int End)>();
        for (var s = 0; s < schedule.Steps.Length; s++)
        {
            if (!schedule.Steps[s].IsInput)
                spans[schedule.Steps[s].Node.Value] = (spans.GetValueOrDefault(schedule.Steps[s].Node.Value, (2 * s, 0)).Item1, 2 * s + 2);
        }

        return spans;
    }

    private static (int Offset, int Bytes) WidestGap(IEnumerable<PlacedBuffer> buffers, (int Begin, int End) span, int arena)
    {
        var (widest, free) = ((Offset: 0, Bytes: 0), 0);
        foreach (var (lo, hi) in buffers
            .SelectMany(b => b.Live.Where(l => l.Begin < span.End && span.Begin < l.End).Select(l => (Lo: b.Offset + l.Lo, Hi: b.Offset + l.Hi)))
            .Append((arena, arena)).Order())
        {
            var aligned = (free + MemoryPlanner.Alignment - 1) / MemoryPlanner.Alignment * MemoryPlanner.Alignment;
            if (lo - aligned > widest.Bytes)
                widest = (aligned, lo - aligned);
            free = Math.Max(free, hi);
        }

        return widest;
    }
}
