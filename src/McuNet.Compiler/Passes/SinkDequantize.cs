using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>mover(dequantise(x)) becomes dequantise(mover(x)), and tensors of one quantisation are joined as integers.</summary>
internal static class SinkDequantize
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (node.Operator is Gather { IsConstant: false })
            {
                SinkTable(editor, node);
                continue;
            }

            var sources = node.Inputs.Select(editor.DequantizeOf).OfType<Node>().Select(d => d.Inputs[0]).ToImmutableArray();
            if (sources.Length != node.Inputs.Length || !Sinks(editor, node, sources))
                continue;
            var source = editor.TypeOf(sources[0]);
            var moved = editor.AddTensor(editor.NameOf(node.Output) + "_q", source with { Shape = editor.TypeOf(node.Output).Shape });
            var real = node.Output;
            editor.Replace(node, node.Operator, sources, moved);
            editor.Add(node.Name, new Dequantize(), [moved], real);
        }

        return QuantizeBorders.Run(editor.ToGraph(), context);
    }

    /// <summary>The rows of a table are copied, whatever they stand for.</summary>
    private static void SinkTable(GraphEditor editor, Node node)
    {
        if (editor.DequantizeOf(node.Inputs[0]) is not { } table)
            return;
        var (real, type) = (node.Output, editor.TypeOf(table.Inputs[0]));
        var rows = editor.AddTensor(editor.NameOf(real) + "_q", type with { Shape = editor.TypeOf(real).Shape });
        editor.Replace(node, node.Operator, [table.Inputs[0], node.Inputs[1]], rows);
        editor.Add(node.Name, new Dequantize(), [rows], real);
    }

    private static bool Sinks(GraphEditor editor, Node node, ImmutableArray<TensorId> sources) => node.Operator switch
    {
        Pad pad => pad.IsExact(editor.TypeOf(sources[0])),
        Concat { Clamp: var clamp } =>
            clamp == Clamp.None && IsAlike(editor, sources) && (editor.IsOutput(node.Output) || !editor.UsesOf(node.Output).All(Conversions.IsQuantize)),
        var op => Conversions.IsMover(op),
    };

    private static bool IsAlike(GraphEditor editor, ImmutableArray<TensorId> sources)
    {
        var first = editor.TypeOf(sources[0]);
        return sources.All(s => editor.TypeOf(s) with { Shape = first.Shape } == first);
    }
}
