using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Bands;

/// <summary>
/// The segments of a network with bands: each band is one, the last one may go on into the nodes behind the join, and everything that does
/// not touch a band costs what it costs in the original network, because one tensor lives where bands begin and end.
/// </summary>
public static class BandEdges
{
    /// <summary>Most nodes behind a join that are tried in the segment of the join or of the last band.</summary>
    private const int Reach = 16;

    /// <param name="whole">The segments of the original network, by first node.</param>
    public static IReadOnlyList<SegmentEdge>[] Of(
        BandedNetwork banded,
        NetworkRows rows,
        ImmutableArray<KernelCall> kernels,
        InputMode input,
        IReadOnlyList<SegmentEdge>[] whole
    )
    {
        var pricer = new SegmentPricer(rows, kernels, input);
        var edges = Enumerable.Range(0, banded.Graph.Nodes.Length).Select(_ => new List<SegmentEdge>()).ToArray();
        var places = Places(banded, whole.Length);
        foreach (var list in whole)
        {
            foreach (var edge in list.Where(e => !banded.Segments.Any(s => e.From < s.Choice.End && e.To > s.Choice.First)))
                edges[places[edge.From]].Add(edge with { From = places[edge.From], To = EndPlace(banded, places, edge.To) });
        }
        for (var s = 0; s < banded.Segments.Length; s++)
        {
            var (starts, join) = (banded.Segments[s].Starts, banded.Segments[s].Join);
            var next = s + 1 < banded.Segments.Length ? banded.Segments[s + 1].Starts[0] : banded.Graph.Nodes.Length;
            for (var band = 0; band + 1 < starts.Length; band++)
                Add(starts[band], starts[band + 1]);
            Add(starts[^1], join);
            for (var end = join + 1; end <= Math.Min(next, join + 1 + Reach); end++)
            {
                Add(starts[^1], end);
                Add(join, end);
            }
        }
        return edges;

        void Add(int from, int to) => edges[from].Add(new(from, to, [], pricer.Interleaved(from, to)));
    }

    /// <summary>By node of the original network: its place where it is outside of all bands.</summary>
    private static int[] Places(BandedNetwork banded, int nodes)
    {
        var places = new int[nodes + 1];
        places[nodes] = banded.Graph.Nodes.Length;
        for (var n = 0; n < banded.Origin.Length; n++)
        {
            if (banded.Origin[n] >= 0)
                places[banded.Origin[n]] = n;
        }
        return places;
    }

    private static int EndPlace(BandedNetwork banded, int[] places, int end) =>
        banded.Segments.FirstOrDefault(s => s.Choice.First == end)?.Starts[0] ?? places[end];
}
