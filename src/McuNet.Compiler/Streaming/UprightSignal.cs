using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Streaming;

/// <summary>
/// Turns an input whose columns are time, and all that follows it as far as operators can be turned, so that its rows are time. What comes
/// behind sees columns again.
/// </summary>
internal static class UprightSignal
{
    /// <summary>The network with its input turned: the port no longer tells what the application gives, where there are several rows and
    /// columns.</summary>
    public static NetworkGraph Of(NetworkGraph graph, int port)
    {
        var turned = graph.Tensors.Select(t => t.Id == graph.Inputs[port].Tensor).ToArray();
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(n => n.Inputs.Any(i => turned[i.Value])))
        {
            if (node.Inputs.All(i => turned[i.Value]) && TurnRules.Turned(node.Operator, graph.TypesOf(node)) is { } op)
            {
                turned[node.Output.Value] = true;
                editor.Replace(node, op, node.Inputs, node.Output);
            }
            else
            {
                editor.Replace(
                    node,
                    node.Operator,
                    [.. node.Inputs.Select(i => turned[i.Value] ? Lying(editor, graph[i]) : i)],
                    node.Output
                );
            }
        }

        for (var o = 0; o < editor.Outputs.Count; o++)
        {
            if (graph.Outputs[o].Tensor is var tensor && turned[tensor.Value] && graph[tensor].Type.Shape is not { Height: 1, Width: 1 })
                editor.Outputs[o] = graph.Outputs[o] with { Tensor = Lying(editor, graph[tensor]) };
        }

        foreach (var tensor in graph.Tensors.Where(t => turned[t.Id.Value]))
            editor.Retype(tensor.Id, tensor.Type with { Shape = Swapped(tensor.Type.Shape) });
        return editor.ToGraph();
    }

    /// <summary>What brings rows to where columns were.</summary>
    public static Operator Swap(TensorShape to)
    {
        if (to is { Height: 1 } or { Width: 1 })
            return new Reshape { Shape = to };
        MoveLoop[] loops = [new(to.Height, to.Channels), new(to.Width, to.Height * to.Channels), new(to.Channels, 1)];
        return new Permute { Shape = to, Loops = [.. loops.Where(l => l.Count > 1)] };
    }

    public static TensorShape Swapped(TensorShape shape) => new(shape.Width, shape.Height, shape.Channels);

    /// <summary>A tensor as it was before it was turned.</summary>
    private static TensorId Lying(GraphEditor editor, Tensor tensor)
    {
        var lying = editor.AddTensor($"{tensor.Name} in columns", tensor.Type);
        editor.Add(editor.NameOf(lying), Swap(tensor.Type.Shape), [tensor.Id], lying);
        return lying;
    }
}
