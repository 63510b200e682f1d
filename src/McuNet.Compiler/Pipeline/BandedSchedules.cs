using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>Schedules with bands of columns, before packing: what a build tries below the bytes of every schedule that computes nothing twice.</summary>
internal static class BandedSchedules
{
    /// <summary>Most that are planned.</summary>
    private const int Plans = 12;

    /// <summary>The fronts of the networks rewritten for the choices of <see cref="BandSearch"/>.</summary>
    /// <param name="edges">All segments of the network.</param>
    /// <param name="below">Bytes that schedules without bands reach.</param>
    /// <param name="lower">Binds a kernel to a node of a band.</param>
    public static IEnumerable<(LoweredNetwork Network, ScheduleCandidate Candidate)> Of(
        LoweredNetwork network, IReadOnlyList<SegmentEdge>[] edges, int below, InputDelivery input, Func<Node, NodeTypes, KernelCall> lower)
    {
        foreach (var choices in BandSearch.Find(network.Graph, network.Kernels, edges, below, input.Mode, input.Passes))
        {
            var banded = BandRewrite.Apply(network.Graph, choices, input.Mode == InputMode.Rows);
            var lowered = network.Banded(banded, lower);
            foreach (var candidate in ScheduleSearch.Front(BandEdges.Of(banded, lowered.Rows, lowered.Kernels, input.Mode, edges)))
                yield return (lowered, candidate);
        }
    }

    /// <summary>Those that should be smaller than <paramref name="least"/> bytes and no worse than another, fastest first, spread over the front.</summary>
    public static (LoweredNetwork Network, ScheduleCandidate Candidate)[] Promising(
        IEnumerable<(LoweredNetwork Network, ScheduleCandidate Candidate)> all, int least)
    {
        var front = new List<(LoweredNetwork, ScheduleCandidate Candidate)>();
        foreach (var one in all.Where(c => c.Candidate.Cost.PeakBytes < least).OrderBy(c => c.Candidate.Cost.Cycles).ThenBy(c => c.Candidate.Cost.PeakBytes))
        {
            if (front.Count == 0 || one.Candidate.Cost.PeakBytes < front[^1].Candidate.Cost.PeakBytes)
                front.Add(one);
        }
        return front.Count <= Plans ? [.. front] : [.. Enumerable.Range(0, Plans).Select(i => front[i * (front.Count - 1) / (Plans - 1)])];
    }
}
