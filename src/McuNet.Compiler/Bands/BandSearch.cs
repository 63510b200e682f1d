using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Bands;

/// <summary>
/// Finds segments worth cutting into bands. As in <see cref="ScheduleSearch"/> a schedule is a path over the cuts; where no path under M
/// bytes exists without recomputation, segments that exceed M may be cut into bands. Lowering M gives one choice after another. A choice is
/// a hint: what it is worth is found by scheduling the network rewritten for it.
/// </summary>
public sealed class BandSearch
{
    /// <summary>Numbers of bands that are tried; a segment takes the first that is small enough.</summary>
    private static readonly ImmutableArray<int> Counts = [2, 3, 4, 6, 8];

    /// <summary>The next limit is this much of the last peak: nearer points are not worth a network of their own.</summary>
    private const double Lowering = 0.98;

    /// <summary>Most different choices that are returned.</summary>
    private const int Choices = 8;

    private readonly IReadOnlyList<SegmentEdge>[] _edges;
    private readonly BandPricer _pricer;
    private readonly Dictionary<BandChoice, int?> _least = [];
    private readonly Dictionary<BandChoice, bool> _worthwhile = [];
    private readonly Dictionary<BandChoice, BandCost> _priced = [];

    private readonly record struct Edge(int From, int To, int Bands, int PeakBytes, double Cycles);

    private BandSearch(IReadOnlyList<SegmentEdge>[] edges, BandPricer pricer) => (_edges, _pricer) = (edges, pricer);

    /// <param name="edges">All segments without bands, by first node.</param>
    /// <param name="below">Bytes that schedules without bands reach.</param>
    /// <param name="passes">How often the rows of a streamed input may be asked for.</param>
    /// <returns>Sets of segments to cut, the largest peak first.</returns>
    public static ImmutableArray<ImmutableArray<BandChoice>> Find(
        NetworkGraph graph,
        ImmutableArray<KernelCall> kernels,
        IReadOnlyList<SegmentEdge>[] edges,
        int below,
        InputMode input,
        int passes
    )
    {
        var search = new BandSearch(edges, new BandPricer(graph, kernels, input, passes));
        var found = new List<ImmutableArray<BandChoice>>();
        for (
            var limit = below - 1;
            found.Count < Choices && search.ShortestPath(limit) is { } path;
            limit = (int)(Lowering * path.Max(e => e.PeakBytes))
        )
        {
            var choices = path.Where(e => e.Bands > 0).Select(e => new BandChoice(e.From, e.To, e.Bands)).ToImmutableArray();
            if (!found.Any(f => f.SequenceEqual(choices)))
                found.Add(choices);
        }
        return [.. found];
    }

    private List<Edge>? ShortestPath(int limit)
    {
        var edges = EdgesUnder(limit);
        var best = new double[edges.Length + 1];
        var via = new Edge[edges.Length];
        for (var n = edges.Length - 1; n >= 0; n--)
        {
            best[n] = double.PositiveInfinity;
            foreach (var edge in edges[n].Where(e => e.Cycles + best[e.To] < best[n]))
                (best[n], via[n]) = (edge.Cycles + best[edge.To], edge);
        }
        if (double.IsPositiveInfinity(best[0]))
            return null;
        var path = new List<Edge>();
        for (var n = 0; n < edges.Length; n = via[n].To)
            path.Add(via[n]);
        return path;
    }

    private List<Edge>[] EdgesUnder(int limit)
    {
        var under = _edges
            .Select(e =>
                e.Where(s => s.Cost.PeakBytes <= limit).Select(s => new Edge(s.From, s.To, 0, s.Cost.PeakBytes, s.Cost.Cycles)).ToList()
            )
            .ToArray();
        var over = _edges.SelectMany(e => e).Where(e => e.Blocks.IsEmpty && e.Cost.PeakBytes > limit).ToArray();
        foreach (var bands in Counts)
        {
            var wanted = over.Select(e => (Edge: e, Choice: new BandChoice(e.From, e.To, bands)))
                .Where(w => MayFit(w.Choice, w.Edge.Cost.PeakBytes, limit))
                .ToArray();
            Price(wanted.Select(w => w.Choice).Where(c => !_priced.ContainsKey(c)).ToArray());
            foreach (var (edge, choice) in wanted.Where(w => _priced[w.Choice].PeakBytes <= limit))
                under[edge.From].Add(new(edge.From, edge.To, bands, _priced[choice].PeakBytes, _priced[choice].Cycles));
            over = [.. over.Except(wanted.Where(w => _priced[w.Choice].PeakBytes <= limit).Select(w => w.Edge))];
        }
        return under;
    }

    private bool MayFit(BandChoice choice, int whole, int limit)
    {
        if (!_least.TryGetValue(choice, out var least))
            _least[choice] = least = _pricer.LeastBytes(choice, whole);
        if (least is null || least > limit)
            return false;
        if (!_worthwhile.TryGetValue(choice, out var worthwhile))
            _worthwhile[choice] = worthwhile = _pricer.IsWorthwhile(choice);
        return worthwhile;
    }

    private void Price(BandChoice[] choices)
    {
        var costs = new BandCost[choices.Length];
        Parallel.For(0, choices.Length, i => costs[i] = _pricer.Price(choices[i]));
        for (var i = 0; i < choices.Length; i++)
            _priced[choices[i]] = costs[i];
    }
}
