using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Passes;

/// <summary>quantise(mover(x)) becomes mover(quantise(x)), from the last mover to the first.</summary>
internal static class HoistQuantize
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        for (var i = graph.Nodes.Length - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (!Conversions.IsMover(node.Operator) || editor.TypeOf(node.Inputs[0]).IsQuantized || editor.OnlyUse(node.Inputs[0]) is null)
                continue;
            if (editor.OnlyUse(node.Output) is not { } quantize || !Conversions.IsQuantize(quantize) || editor.DequantizeOf(node.Inputs[0]) is not null)
                continue;
            var type = editor.TypeOf(quantize.Output);
            var rounded = editor.AddTensor(editor.NameOf(node.Inputs[0]) + "_q", type with { Shape = editor.TypeOf(node.Inputs[0]).Shape });
            var quantized = quantize.Output;
            editor.Replace(quantize, quantize.Operator, node.Inputs, rounded);
            editor.Replace(node, node.Operator, [rounded], quantized);
        }

        return editor.ToGraph();
    }
}
