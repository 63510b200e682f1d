using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Where a graph leaves the order of its nodes open. Between two positions such that everything before is needed by everything behind, no
/// order can move a node across, so that regions can be ordered each for itself without loss.
///
///   a ── b ─┬─ c ── d ─┬─ g ── h        a | b | c d e f | g | h
///           └─ e ── f ─┘
/// </summary>
internal static class OrderRegions
{
    /// <summary>Runs of nodes in file order, together the whole graph; one of a single node has no freedom.</summary>
    public static ImmutableArray<ImmutableArray<int>> Of(NetworkGraph graph)
    {
        var ancestors = Ancestors(graph);
        var regions = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var before = new NodeSet(graph.Nodes.Length);
        var first = 0;
        for (var end = 1; end <= graph.Nodes.Length; end++)
        {
            before = before.With(end - 1);
            if (!Enumerable.Range(end, graph.Nodes.Length - end).All(n => before.IsSubsetOf(ancestors[n])))
                continue;
            regions.Add([.. Enumerable.Range(first, end - first)]);
            first = end;
        }
        return regions.ToImmutable();
    }

    private static NodeSet[] Ancestors(NetworkGraph graph)
    {
        var ancestors = new NodeSet[graph.Nodes.Length];
        var throughTensor = Enumerable.Repeat(new NodeSet(graph.Nodes.Length), graph.Tensors.Length).ToArray();
        foreach (var node in graph.Nodes)
        {
            var n = node.Id.Value;
            ancestors[n] = node.Inputs.Aggregate(new NodeSet(graph.Nodes.Length), (all, t) => all.Union(throughTensor[t.Value]));
            throughTensor[node.Output.Value] = ancestors[n].With(n);
        }
        return ancestors;
    }
}
