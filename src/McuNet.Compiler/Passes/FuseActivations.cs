using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// A free-standing activation moves into the operator that makes its input, past operators that only move or compare values, where nothing
/// else reads what lies between.
/// </summary>
internal static class FuseActivations
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (
                node.Operator is not Clip activation
                || Target(editor, node, activation.Clamp) is not { Operator: IClamped clamped and not (Quantize or Rescale) } producer
            )
                continue;
            editor.Replace(producer, clamped.WithClamp(clamped.Clamp.Intersect(activation.Clamp)), producer.Inputs, producer.Output);
            editor.Remove(node);
            editor.Redirect(node.Output, node.Inputs[0]);
        }

        return editor.ToGraph();
    }

    private static Node? Target(GraphEditor editor, Node node, Clamp clamp)
    {
        var tensor = node.Inputs[0];
        while (editor.OnlyUse(tensor) is not null && editor.ProducerOf(tensor) is { } producer)
        {
            if (!Conversions.IsMover(producer.Operator) || (producer.Operator is Pad { Fill: var fill } && clamp.Apply(fill) != fill))
                return producer;
            tensor = producer.Inputs[0];
        }

        return null;
    }
}
