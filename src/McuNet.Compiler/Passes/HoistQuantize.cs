using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// quantise(mover(x)) becomes mover(quantise(x)), from the last mover to the first, and so with tensors that are joined. What is
/// dequantised before an operator stays, except where that adds a number which the integers do not hold.
/// </summary>
internal static class HoistQuantize
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        for (var i = graph.Nodes.Length - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (
                editor.OnlyUse(node.Output) is { } quantize
                && Conversions.IsQuantize(quantize)
                && Hoists(editor, node)
                && Keeps(editor, node, editor.TypeOf(quantize.Output))
            )
                Hoist(editor, node, quantize);
        }

        return editor.ToGraph();
    }

    private static bool Hoists(GraphEditor editor, Node node)
    {
        if (
            !(Conversions.IsMover(node.Operator) || node.Operator is Concat { Clamp: var clamp } && clamp == Clamp.None)
            || editor.TypeOf(node.Inputs[0]).IsQuantized
        )
            return false;
        var real = node.Inputs.Where(input => editor.DequantizeOf(input) is null).ToArray();
        return real.All(input => editor.OnlyUse(input) is not null) && (real.Length > 0 || node.Operator is Pad);
    }

    /// <summary>Whether a kernel moves integers of such a type.</summary>
    private static bool Keeps(GraphEditor editor, Node node, TensorType type) =>
        type.Element != ElementType.Int16
        || RequireKernels.IsComputed(node.Operator, new([.. node.Inputs.Select(i => type with { Shape = editor.TypeOf(i).Shape })], type));

    private static void Hoist(GraphEditor editor, Node node, Node quantize)
    {
        var (type, quantized) = (editor.TypeOf(quantize.Output), quantize.Output);
        var rounded = new Dictionary<TensorId, TensorId>();
        editor.Remove(quantize);
        foreach (var input in node.Inputs.Distinct())
        {
            var name = editor.DequantizeOf(input) is null
                ? $"{editor.NameOf(input)}_q"
                : $"{editor.NameOf(input)} as {editor.NameOf(quantized)}";
            rounded[input] = editor.AddTensor(name, type with { Shape = editor.TypeOf(input).Shape });
            editor.Add(quantize.Name, quantize.Operator, [input], rounded[input]);
        }

        editor.Replace(node, node.Operator, [.. node.Inputs.Select(input => rounded[input])], quantized);
    }
}
