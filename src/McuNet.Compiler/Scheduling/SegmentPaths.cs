using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Scheduling;

/// <summary>A segment of the search with its price, or with a price that it can only exceed.</summary>
/// <param name="Choice">Which of the <see cref="BlockChoices"/> it stands for as long as it has no price of its own, else -1.</param>
internal readonly record struct PromisedEdge(SegmentEdge Edge, int Choice)
{
    public bool IsPriced => Choice < 0;
}

/// <summary>
/// Shortest paths over segments of which some are only promised: a promised segment is priced when a path would use it, so that of the many
/// ways to run a segment in blocks few are ever simulated.
/// </summary>
/// <param name="edges">By first node.</param>
/// <param name="price">Finds the true price of a promised segment.</param>
internal sealed class SegmentPaths(List<PromisedEdge>[] edges, Func<PromisedEdge, SegmentEdge> price)
{
    private readonly (double Cycles, int Peak)[] _best = new (double, int)[edges.Length + 1];
    private readonly int[] _via = new int[edges.Length];

    /// <summary>All segments that have a price.</summary>
    public IReadOnlyList<SegmentEdge>[] Priced => edges.Select(list => list.Where(e => e.IsPriced).Select(e => e.Edge).ToList()).ToArray();

    /// <summary>The fewest cycles with every segment at most <paramref name="limit"/> bytes, of equal ones the smallest; null where there
    /// are none.</summary>
    public ScheduleCandidate? Shortest(int limit)
    {
        while (Walk(limit))
        {
            var priced = true;
            for (var n = 0; n < edges.Length; )
            {
                var edge = edges[n][_via[n]];
                if (!edge.IsPriced)
                    (edges[n][_via[n]], priced) = (new PromisedEdge(price(edge), -1), false);
                n = edge.Edge.To;
            }
            if (priced)
                return Candidate();
        }
        return null;
    }

    private bool Walk(int limit)
    {
        for (var n = edges.Length - 1; n >= 0; n--)
        {
            _best[n] = (double.PositiveInfinity, int.MaxValue);
            var list = edges[n];
            for (var i = 0; i < list.Count; i++)
            {
                var edge = list[i].Edge;
                if (edge.Cost.PeakBytes > limit)
                    continue;
                var cycles = edge.Cost.Cycles + _best[edge.To].Cycles;
                var peak = Math.Max(edge.Cost.PeakBytes, _best[edge.To].Peak);
                if (cycles < _best[n].Cycles || (cycles == _best[n].Cycles && peak < _best[n].Peak))
                    (_best[n], _via[n]) = ((cycles, peak), i);
            }
        }
        return !double.IsPositiveInfinity(_best[0].Cycles);
    }

    private ScheduleCandidate Candidate()
    {
        var cuts = ImmutableArray.CreateBuilder<int>();
        var blocks = ImmutableArray.CreateBuilder<int>(edges.Length);
        for (var n = 0; n < edges.Length; )
        {
            var edge = edges[n][_via[n]].Edge;
            cuts.Add(n);
            blocks.AddRange(edge.Blocks.IsEmpty ? Enumerable.Repeat(0, edge.To - edge.From) : edge.Blocks);
            n = edge.To;
        }
        return new ScheduleCandidate(cuts.ToImmutable(), blocks.MoveToImmutable(), new SegmentCost(_best[0].Peak, _best[0].Cycles));
    }
}
