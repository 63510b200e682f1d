using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Each branch to its end before the next begins, and each as late as its result is needed. Where branches meet, the one that frees most
/// comes first: largest difference between what it needs on its way and what it leaves, as if the graph were a tree.
/// </summary>
internal static class DepthFirstOrder
{
    public static ImmutableArray<int> Of(NetworkGraph graph)
    {
        var producer = graph.Nodes.ToDictionary(n => n.Output, n => n.Id.Value);
        var needs = new int[graph.Nodes.Length];
        var branches = new int[graph.Nodes.Length][];
        foreach (var node in graph.Nodes)
        {
            var inputs = node.Inputs.Distinct().Where(producer.ContainsKey).Select(t => producer[t]);
            var n = node.Id.Value;
            branches[n] = [.. inputs.OrderByDescending(b => needs[b] - OutputBytes(b)).ThenBy(b => b)];
            var held = 0;
            foreach (var branch in branches[n])
            {
                needs[n] = Math.Max(needs[n], held + needs[branch]);
                held += OutputBytes(branch);
            }
            needs[n] = Math.Max(needs[n], held + OutputBytes(n));
        }
        var order = ImmutableArray.CreateBuilder<int>(graph.Nodes.Length);
        var seen = new HashSet<int>();
        foreach (
            var root in graph
                .Outputs.Where(p => producer.ContainsKey(p.Tensor))
                .Select(p => producer[p.Tensor])
                .Concat(Enumerable.Range(0, branches.Length))
        )
            Visit(root);
        return order.MoveToImmutable();

        int OutputBytes(int node) => graph[graph.Nodes[node].Output].Type.Bytes;

        void Visit(int node)
        {
            if (!seen.Add(node))
                return;
            foreach (var branch in branches[node])
                Visit(branch);
            order.Add(node);
        }
    }
}
