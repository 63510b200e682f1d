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
                if (editor.DequantizeOf(node.Inputs[0]) is { } table && Keeps(editor, node, table.Inputs[0]))
                    Sink(editor, node, [table.Inputs[0], node.Inputs[1]]);
                continue;
            }

            var sources = node.Inputs.Select(editor.DequantizeOf).OfType<Node>().Select(d => d.Inputs[0]).ToImmutableArray();
            if (sources.Length == node.Inputs.Length && sources.All(s => Keeps(editor, node, s)) && Sinks(editor, node, sources))
                Sink(editor, node, sources);
        }

        return QuantizeBorders.Run(editor.ToGraph(), context);
    }

    /// <summary>Elements of the first operand are moved as integers, whatever they stand for.</summary>
    private static void Sink(GraphEditor editor, Node node, ImmutableArray<TensorId> operands)
    {
        var (real, source) = (node.Output, editor.TypeOf(operands[0]));
        var moved = editor.AddTensor(editor.NameOf(real) + "_q", source with { Shape = editor.TypeOf(real).Shape });
        editor.Replace(node, node.Operator, operands, moved);
        editor.Add(node.Name, new Dequantize(), [moved], real);
    }

    private static bool Sinks(GraphEditor editor, Node node, ImmutableArray<TensorId> sources) =>
        node.Operator switch
        {
            Pad pad => pad.IsExact(editor.TypeOf(sources[0])),
            Concat { Clamp: var clamp } => clamp == Clamp.None
                && IsAlike(editor, sources)
                && (editor.IsOutput(node.Output) || !editor.UsesOf(node.Output).All(Conversions.IsQuantize)),
            var op => Conversions.IsMover(op),
        };

    /// <summary>Whether a kernel moves the integers.</summary>
    private static bool Keeps(GraphEditor editor, Node node, TensorId source) =>
        editor.TypeOf(source) is not { Element: ElementType.Int16 } type
        || RequireKernels.IsComputed(
            node.Operator,
            new(
                [.. node.Inputs.Select(i => editor.DequantizeOf(i) is null ? editor.TypeOf(i) : type with { Shape = editor.TypeOf(i).Shape })],
                type with
                {
                    Shape = editor.TypeOf(node.Output).Shape,
                }
            )
        );

    private static bool IsAlike(GraphEditor editor, ImmutableArray<TensorId> sources)
    {
        var first = editor.TypeOf(sources[0]);
        return sources.All(s => editor.TypeOf(s) with { Shape = first.Shape } == first);
    }
}
