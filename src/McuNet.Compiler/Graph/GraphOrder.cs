using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Graph;

/// <summary>The same network with its nodes in another order. Tensors keep their ids, nodes are numbered anew.</summary>
public static class GraphOrder
{
    /// <param name="order">Every node of the graph once, each behind the nodes whose outputs it reads.</param>
    /// <exception cref="InvalidOperationException">The order is not such a permutation: a fault of whoever made it.</exception>
    public static NetworkGraph Reorder(NetworkGraph graph, IReadOnlyList<NodeId> order)
    {
        if (!order.Select(n => n.Value).Order().SequenceEqual(Enumerable.Range(0, graph.Nodes.Length)))
            throw new InvalidOperationException($"the order of '{graph.Name}' is no permutation of its {graph.Nodes.Length} nodes");
        var reordered = graph with { Nodes = [.. order.Select((n, i) => graph[n] with { Id = new NodeId(i) })] };
        return GraphVerifier.Check(reordered, nameof(Reorder)) is { } fault
            ? throw new InvalidOperationException(fault.Message)
            : reordered;
    }
}
