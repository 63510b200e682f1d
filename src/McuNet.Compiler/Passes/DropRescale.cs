using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// Removes conversions within a type that change nothing. One that limits values moves into the operator before it, where nothing else
/// reads that.
/// </summary>
internal static class DropRescale
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            var type = editor.TypeOf(node.Output);
            if (node.Operator is not (Clip or Rescale) || !type.IsQuantized || editor.TypeOf(node.Inputs[0]) != type)
                continue;
            var clamp = ((IClamped)node.Operator).Clamp;
            if (clamp.Quantized(type) == Clamp.None.Quantized(type))
            {
                editor.Remove(node);
                editor.Redirect(node.Output, node.Inputs[0]);
            }
            else if (
                editor.OnlyUse(node.Inputs[0]) is not null
                && editor.ProducerOf(node.Inputs[0]) is { Operator: IClamped clamped } producer
            )
            {
                editor.Remove(node);
                editor.Replace(producer, clamped.WithClamp(clamped.Clamp.Intersect(clamp)), producer.Inputs, node.Output);
            }
        }

        return editor.ToGraph();
    }
}
