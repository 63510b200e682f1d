using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Scheduling;

/// <summary>The best order found for a region.</summary>
/// <param name="LowerBound">No order of the region has a smaller peak; the peak of <paramref name="Nodes"/> where the search came to its
/// end.</param>
/// <param name="Visited">Sets of finished nodes that were looked at.</param>
internal sealed record RegionOrder(ImmutableArray<int> Nodes, int LowerBound, int Visited);

/// <summary>
/// The smallest peak of a region over all its orders. What is live depends on which nodes have run and not on their order, so that the
/// orders are paths between such sets, and the smallest peak is the shortest path in the sense of the maximum: the set with the lowest peak
/// so far is continued first. Sets whose peak is not below the best known order are dropped; the lowest peak that waits is a lower bound at
/// any time.
/// </summary>
/// <remarks>
/// A ready node that raises neither the peak nor the live bytes is run at once and nothing else is tried: in any order, moving it forward
/// to here leaves every later set with no more live bytes than before.
/// Source of the method: Ahn et al., Ordering Chaos: Memory-Aware Scheduling of Irregularly Wired Neural Networks for Edge Devices, 2020.
/// </remarks>
internal sealed class RegionSearch
{
    private readonly LayerReplay _layers;
    private readonly ReplayState _start;
    private readonly ImmutableArray<int> _nodes;
    private readonly Dictionary<NodeSet, (int Peak, int Last, NodeSet From)> _reached = [];
    private readonly PriorityQueue<(ReplayState State, int Left), (int Peak, int Left, int Number)> _waiting = new();
    private int _number;

    private RegionSearch(LayerReplay layers, ReplayState start, ImmutableArray<int> nodes) =>
        (_layers, _start, _nodes) = (layers, start, nodes);

    /// <param name="start">The state before the region; its peak is not looked at.</param>
    /// <param name="known">Orders of the region; the first of those with the smallest peak is returned where no better one exists.</param>
    /// <param name="budget">Most sets to look at.</param>
    public static RegionOrder Best(LayerReplay layers, ReplayState start, IReadOnlyList<ImmutableArray<int>> known, int budget) =>
        new RegionSearch(layers, start, known[0]).Run(known, budget);

    private RegionOrder Run(IReadOnlyList<ImmutableArray<int>> known, int budget)
    {
        var best = known.Select(order => (Order: order, _layers.Run(_start with { Peak = 0 }, order).Peak)).MinBy(o => o.Peak);
        var bound = _layers.LowerBound(_start, _nodes);
        if (best.Peak <= bound)
            return new RegionOrder(best.Order, best.Peak, 0);
        Enqueue(_start with { Peak = bound }, _nodes.Length);
        var visited = 0;
        while (_waiting.TryDequeue(out var next, out _))
        {
            if (_reached.TryGetValue(next.State.Done, out var better) && better.Peak < next.State.Peak)
                continue;
            if (next.Left == 0)
                return new RegionOrder(PathTo(next.State.Done), next.State.Peak, visited);
            if (visited == budget)
                return new RegionOrder(best.Order, next.State.Peak, visited);
            visited++;
            foreach (var (state, node) in Successors(next.State))
            {
                if (state.Peak >= best.Peak || (_reached.TryGetValue(state.Done, out var old) && old.Peak <= state.Peak))
                    continue;
                _reached[state.Done] = (state.Peak, node, next.State.Done);
                Enqueue(state, next.Left - 1);
            }
        }
        return new RegionOrder(best.Order, best.Peak, visited);
    }

    private List<(ReplayState State, int Node)> Successors(ReplayState state)
    {
        var successors = new List<(ReplayState, int)>();
        foreach (var node in _nodes)
        {
            if (!_layers.IsReady(node, state.Done))
                continue;
            var next = _layers.Run(state, node);
            if (next.Peak == state.Peak && next.Live <= state.Live)
                return [(next, node)];
            successors.Add((next, node));
        }
        return successors;
    }

    private void Enqueue(ReplayState state, int left) => _waiting.Enqueue((state, left), (state.Peak, left, _number++));

    private ImmutableArray<int> PathTo(NodeSet end)
    {
        var path = new List<int>();
        for (var at = end; !at.Equals(_start.Done); at = _reached[at].From)
            path.Add(_reached[at].Last);
        path.Reverse();
        return [.. path];
    }
}
