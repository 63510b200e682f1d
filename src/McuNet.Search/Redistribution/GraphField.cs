using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Search.Redistribution;

/// <summary>How much of the input one row of a tensor sees, borders aside, and how far its neighbour's view lies from its own.</summary>
/// <param name="Rows">1 + the sum over windows of (span - 1) times the strides before; of several ways to the input the largest.</param>
/// <param name="Jump">The product of the strides.</param>
public readonly record struct GraphField(int Rows, int Jump)
{
    /// <summary>By tensor; what pools or multiplies everything ends it, so that what follows has the field of its input.</summary>
    public static ImmutableArray<GraphField> Of(NetworkGraph graph)
    {
        var fields = Enumerable.Repeat(new GraphField(1, 1), graph.Tensors.Length).ToArray();
        foreach (var node in graph.Nodes)
        {
            var given = node.Inputs.Select(i => fields[i.Value]).ToArray();
            var (rows, jump) = (given.Max(f => f.Rows), given.Max(f => f.Jump));
            fields[node.Output.Value] =
                node.Operator is IWindowed { Window: var window } && !IsGlobal(graph, node)
                    ? new(rows + (window.SpanHeight - 1) * jump, jump * window.StrideHeight)
                    : new(rows, jump);
        }
        return [.. fields];
    }

    /// <summary>Of the whole network: the largest of all tensors.</summary>
    public static int Largest(NetworkGraph graph) => Of(graph).Max(f => f.Rows);

    private static bool IsGlobal(NetworkGraph graph, Node node) =>
        node.Operator is IWindowed { Window.HasPadding: false }
        && graph[node.Output].Type.Shape is { Height: 1, Width: 1 }
        && graph[node.Inputs[0]].Type.Shape is not { Height: 1, Width: 1 };
}
