using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>Nodes [From, To) as one segment with its price.</summary>
/// <param name="Blocks">By node of the segment: rows of its steps where several run as one, 0 where it runs row by row; empty for rows
/// everywhere.</param>
public readonly record struct SegmentEdge(int From, int To, ImmutableArray<int> Blocks, SegmentCost Cost);

/// <summary>A choice of cuts with its price before packing.</summary>
/// <param name="Blocks">By node: rows of its steps where several run as one, 0 where it runs row by row.</param>
public sealed record ScheduleCandidate(ImmutableArray<int> Cuts, ImmutableArray<int> Blocks, SegmentCost Cost)
{
    /// <summary>Whether a streamed input is delivered whole before the first node runs.</summary>
    public bool InputFirst { get; init; }

    /// <summary>A candidate for a resident input where the application delivers that input, of so many rows, before the first node
    /// runs.</summary>
    public ScheduleCandidate Delivered(int rows) =>
        this with
        {
            InputFirst = true,
            Cost = Cost with { Cycles = Cost.Cycles + rows * SegmentPricer.CyclesPerCall },
        };
}

/// <summary>What the search found.</summary>
/// <param name="Front">The Pareto front of (peak bytes, cycles), fastest first; then the smallest without blocks, which may pack better
/// than its price.</param>
/// <param name="Edges">By first node: the segments that it priced.</param>
public sealed record SearchedSegments(ImmutableArray<ScheduleCandidate> Front, IReadOnlyList<SegmentEdge>[] Edges);

/// <summary>
/// Chooses where to cut a network into segments and which nodes run in blocks of rows. Cuts are the nodes of a path, segments its edges;
/// the fewest cycles with every edge under M bytes is a shortest path, and lowering M just below the last path's peak gives the next point
/// of the Pareto front.
/// </summary>
/// <remarks>
/// Segments that begin with one node are priced together where the calls of one are among those of the next (<see cref="SegmentSweep"/>).
/// Others, of irregular wiring, are replayed one by one, shorter ones first: together they have as many steps as the cube of the nodes, so
/// that there is a limit.
/// </remarks>
public static class ScheduleSearch
{
    /// <summary>Most steps that are replayed for segments priced one by one, shared equally among the nodes with which they
    /// begin.</summary>
    public const int Replays = 8_000_000;

    public static SearchedSegments Find(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input, int replays = Replays)
    {
        var edges = PriceEdges(rows, kernels, input, replays).Select(list => list.Select(e => new PromisedEdge(e, -1)).ToList()).ToArray();
        var choices = BlockChoices.Of(rows, kernels);
        var pricer = new SegmentPricer(rows, kernels, input);
        var paths = new SegmentPaths(
            edges,
            promised =>
            {
                var (from, to) = (promised.Edge.From, promised.Edge.To);
                return new SegmentEdge(
                    from,
                    to,
                    choices[promised.Choice][from..to],
                    pricer.Interleaved(from, to, choices[promised.Choice])
                );
            }
        );
        var plain = Front(paths);
        if (choices.IsEmpty)
            return new(plain, paths.Priced);
        Promise(edges, rows, kernels, choices, plain[0].Cost.PeakBytes);
        return new([.. Front(paths), plain[^1]], paths.Priced);
    }

    /// <param name="edges">By node: the segments that begin with it, each ending where another begins or at the end of the network.</param>
    public static ImmutableArray<ScheduleCandidate> Front(IReadOnlyList<SegmentEdge>[] edges) =>
        Front(new SegmentPaths(edges.Select(list => list.Select(e => new PromisedEdge(e, -1)).ToList()).ToArray(), e => e.Edge));

    private static ImmutableArray<ScheduleCandidate> Front(SegmentPaths paths)
    {
        var front = ImmutableArray.CreateBuilder<ScheduleCandidate>();
        for (var limit = int.MaxValue; paths.Shortest(limit) is { } candidate; limit = candidate.Cost.PeakBytes - 1)
            front.Add(candidate);
        return front.ToImmutable();
    }

    /// <summary>Every segment of the network without blocks, by its first node, and single nodes as one step.</summary>
    private static IReadOnlyList<SegmentEdge>[] PriceEdges(
        NetworkRows rows,
        ImmutableArray<KernelCall> kernels,
        InputMode input,
        int replays
    )
    {
        var nodes = rows.Graph.Nodes.Length;
        var edges = new IReadOnlyList<SegmentEdge>[nodes];
        Parallel.For(
            0,
            nodes,
            () => (Pricer: new SegmentPricer(rows, kernels, input), Sweep: new SegmentSweep(rows, kernels, input)),
            (first, _, prices) =>
            {
                edges[first] = EdgesFrom(first, rows, kernels[first], prices.Pricer, prices.Sweep, replays / nodes);
                return prices;
            },
            _ => { }
        );
        return edges;
    }

    private static List<SegmentEdge> EdgesFrom(
        int first,
        NetworkRows rows,
        KernelCall kernel,
        SegmentPricer pricer,
        SegmentSweep sweep,
        int replays
    )
    {
        var edges = new List<SegmentEdge>();
        if (SegmentPricer.MayJoin(rows, first, kernel))
            edges.Add(new SegmentEdge(first, first + 1, [rows.Dependencies[first].Steps], pricer.Joined(first)));
        var together = sweep.Prices(first);
        var steps = 0;
        for (var end = first + 1; end <= rows.Graph.Nodes.Length; end++)
        {
            steps += rows.Dependencies[end - 1].Steps;
            if (together?[end - first - 1] is { } price)
                edges.Add(new SegmentEdge(first, end, [], price));
            else if ((replays -= steps) >= 0 || end == first + 1)
                edges.Add(new SegmentEdge(first, end, [], pricer.Interleaved(first, end)));
        }
        return edges;
    }

    /// <summary>
    /// Adds to every segment what blocks would save in it. They hold more rows than without, so the bytes without are promised, and what a
    /// block needs by itself.
    /// </summary>
    /// <param name="most">Bytes of the fastest schedule without blocks: more are of no use.</param>
    private static void Promise(
        List<PromisedEdge>[] edges,
        NetworkRows rows,
        ImmutableArray<KernelCall> kernels,
        ImmutableArray<ImmutableArray<int>> choices,
        int most
    )
    {
        for (var c = 0; c < choices.Length; c++)
        {
            var (blocks, before) = (choices[c], c > 0 ? choices[c - 1] : [.. new int[kernels.Length]]);
            var saved = blocks.Select((b, n) => BlockChoices.SavedCycles(kernels[n], rows.Dependencies[n].Steps, b)).ToArray();
            var least = blocks.Select((b, n) => b == 0 ? 0 : BlockChoices.LeastBytes(rows, kernels[n], n, b)).ToArray();
            foreach (var list in edges)
            {
                var (at, sum, peak, differs) = (list[0].Edge.From, 0.0, 0, false);
                foreach (var edge in list.Where(e => e.IsPriced && e.Edge.Blocks.IsEmpty).ToArray())
                {
                    for (; at < edge.Edge.To; at++)
                        (sum, peak, differs) = (sum + saved[at], Math.Max(peak, least[at]), differs || blocks[at] != before[at]);
                    var cost = new SegmentCost(Math.Max(peak, edge.Edge.Cost.PeakBytes), edge.Edge.Cost.Cycles - sum);
                    if (differs && cost.PeakBytes <= most)
                        list.Add(new PromisedEdge(edge.Edge with { Cost = cost }, c));
                }
            }
        }
    }
}
