using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>mover(dequantise(x)) becomes dequantise(mover(x)).</summary>
internal static class SinkDequantize
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (!Conversions.IsMover(node.Operator) || editor.DequantizeOf(node.Inputs[0]) is not { } dequantize)
                continue;
            var source = editor.TypeOf(dequantize.Inputs[0]);
            var moved = editor.AddTensor(editor.NameOf(node.Output) + "_q", source with { Shape = editor.TypeOf(node.Output).Shape });
            var real = node.Output;
            editor.Replace(node, node.Operator, dequantize.Inputs, moved);
            editor.Add(node.Name, new Dequantize(), [moved], real);
        }

        return QuantizeBorders.Run(editor.ToGraph(), context);
    }
}
