using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>Nodes [From, To) as one segment, joined into one call or row by row, with its price.</summary>
public readonly record struct SegmentEdge(int From, int To, bool Joined, SegmentCost Cost);

/// <summary>A choice of cuts with its price before packing.</summary>
public sealed record ScheduleCandidate(ImmutableArray<int> Cuts, ImmutableHashSet<int> Joined, SegmentCost Cost);

/// <summary>
/// Chooses where to cut a network into segments. Cuts are the nodes of a path, segments its edges; the fewest cycles with every edge under
/// M bytes is a shortest path, and lowering M just below the last path's peak gives the next point of the Pareto front.
/// </summary>
public static class ScheduleSearch
{
    /// <summary>The Pareto front of (peak bytes, cycles), fastest first.</summary>
    public static ImmutableArray<ScheduleCandidate> Front(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input) =>
        Front(PriceEdges(rows, kernels, input));

    /// <param name="edges">By node: the segments that begin with it, each ending where another begins or at the end of the network.</param>
    public static ImmutableArray<ScheduleCandidate> Front(IReadOnlyList<SegmentEdge>[] edges)
    {
        var front = ImmutableArray.CreateBuilder<ScheduleCandidate>();
        for (var limit = int.MaxValue; ShortestPath(edges, limit) is { } candidate; limit = candidate.Cost.PeakBytes - 1)
            front.Add(candidate);
        return front.ToImmutable();
    }

    /// <summary>Every segment of the network, by its first node.</summary>
    public static IReadOnlyList<SegmentEdge>[] PriceEdges(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        var nodes = rows.Graph.Nodes.Length;
        var edges = new IReadOnlyList<SegmentEdge>[nodes];
        Parallel.For(
            0, nodes,
            () => (Pricer: new SegmentPricer(rows, kernels, input), Sweep: new SegmentSweep(rows, kernels, input)),
            (first, _, prices) =>
            {
                edges[first] = EdgesFrom(first, rows, kernels[first], prices.Pricer, prices.Sweep);
                return prices;
            },
            _ => { });
        return edges;
    }

    private static List<SegmentEdge> EdgesFrom(int first, NetworkRows rows, KernelCall kernel, SegmentPricer pricer, SegmentSweep sweep)
    {
        var edges = new List<SegmentEdge>();
        if (SegmentPricer.MayJoin(rows, first, kernel))
            edges.Add(new SegmentEdge(first, first + 1, true, pricer.Joined(first)));
        var together = sweep.Prices(first);
        for (var end = first + 1; end <= rows.Graph.Nodes.Length; end++)
            edges.Add(new SegmentEdge(first, end, false, together?[end - first - 1] ?? pricer.Interleaved(first, end)));
        return edges;
    }

    private static ScheduleCandidate? ShortestPath(IReadOnlyList<SegmentEdge>[] edges, int limit)
    {
        var nodes = edges.Length;
        var best = new (double Cycles, int Peak)[nodes + 1];
        var via = new SegmentEdge[nodes];
        for (var n = nodes - 1; n >= 0; n--)
        {
            best[n] = (double.PositiveInfinity, int.MaxValue);
            foreach (var edge in edges[n])
            {
                if (edge.Cost.PeakBytes > limit)
                    continue;
                var cycles = edge.Cost.Cycles + best[edge.To].Cycles;
                var peak = Math.Max(edge.Cost.PeakBytes, best[edge.To].Peak);
                if (cycles < best[n].Cycles || (cycles == best[n].Cycles && peak < best[n].Peak))
                {
                    best[n] = (cycles, peak);
                    via[n] = edge;
                }
            }
        }
        if (double.IsPositiveInfinity(best[0].Cycles))
            return null;
        var cuts = ImmutableArray.CreateBuilder<int>();
        var joined = ImmutableHashSet.CreateBuilder<int>();
        for (var n = 0; n < nodes; n = via[n].To)
        {
            cuts.Add(n);
            if (via[n].Joined)
                joined.Add(n);
        }
        return new ScheduleCandidate(cuts.ToImmutable(), joined.ToImmutable(), new SegmentCost(best[0].Peak, best[0].Cycles));
    }
}
