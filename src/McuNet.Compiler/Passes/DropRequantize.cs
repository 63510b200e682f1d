using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Removes requantisations that change nothing. One that only clamps moves into the operator before it, where nothing else reads that.
/// </summary>
internal static class DropRequantize
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is not Requantize requantize || !editor.IsActivation(node))
                continue;
            var type = editor.TypeOf(node.Output);
            if (requantize.Clamp.Quantized(type) == Clamp.None.Quantized(type))
            {
                editor.Remove(node);
                editor.Redirect(node.Output, node.Inputs[0]);
            }
            else if (editor.OnlyUse(node.Inputs[0]) is not null && editor.ProducerOf(node.Inputs[0]) is { Operator: IClamped clamped } producer)
            {
                editor.Remove(node);
                editor.Replace(producer, clamped.WithClamp(clamped.Clamp.Intersect(requantize.Clamp)), producer.Inputs, node.Output);
            }
        }

        return editor.ToGraph();
    }
}
