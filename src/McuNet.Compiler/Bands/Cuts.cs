using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Bands;

/// <summary>Between which nodes exactly one tensor lives: there a segment may begin or end.</summary>
public static class Cuts
{
    /// <summary>By cut (before node c; the last one behind all nodes): the tensor that lives there, null where another number of them
    /// does.</summary>
    public static ImmutableArray<TensorId?> Of(NetworkGraph graph)
    {
        var last = Enumerable.Repeat(-1, graph.Tensors.Length).ToArray();
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
                last[input.Value] = node.Id.Value;
        }
        foreach (var port in graph.Outputs)
            last[port.Tensor.Value] = int.MaxValue;
        var (live, cuts) = (
            graph.Inputs.Select(p => p.Tensor).Distinct().ToList(),
            ImmutableArray.CreateBuilder<TensorId?>(graph.Nodes.Length + 1)
        );
        for (var cut = 0; cut <= graph.Nodes.Length; cut++)
        {
            if (cut > 0)
                live.Add(graph.Nodes[cut - 1].Output);
            live.RemoveAll(t => last[t.Value] < cut);
            cuts.Add(live.Count == 1 ? live[0] : null);
        }
        return cuts.MoveToImmutable();
    }
}
