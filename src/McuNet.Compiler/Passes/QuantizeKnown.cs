using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>
/// A constant that is quantised becomes the integers that it is rounded to; one that an operator chooses among those as which the result is
/// stored, where that is quantised, always alike.
/// </summary>
internal static class QuantizeKnown
{
    public static NetworkGraph Run(NetworkGraph graph, PassContext context)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            if (Conversions.IsQuantize(node) && editor.ProducerOf(node.Inputs[0]) is { Operator: Known constant } producer)
            {
                if (editor.TypeOf(node.Output).Element == ElementType.Int16)
                    continue;
                if (editor.OnlyUse(producer.Output) is not null)
                    editor.Remove(producer);
                editor.Replace(node, Integers(constant, editor.TypeOf(node.Output)), [], node.Output);
                continue;
            }

            if (
                node.Operator is not Where
                || editor.IsOutput(node.Output)
                || editor.UsesOf(node.Output) is not { Count: > 0 } uses
                || !uses.All(Conversions.IsQuantize)
            )
                continue;
            var type = editor.TypeOf(uses[0].Output);
            if (type.Element == ElementType.Int16)
                continue;
            ImmutableArray<TensorId> inputs =
            [
                .. node.Inputs.Select(
                    (input, i) =>
                        i > 0 && editor.ProducerOf(input) is { Operator: Known known } && !editor.TypeOf(input).IsQuantized
                            ? Rounded(editor, input, known, type)
                            : input
                ),
            ];
            if (!inputs.SequenceEqual(node.Inputs))
                editor.Replace(node, node.Operator, inputs, node.Output);
        }

        return editor.ToGraph();
    }

    /// <summary>The integers, and the real numbers that they stand for.</summary>
    private static TensorId Rounded(GraphEditor editor, TensorId tensor, Known known, TensorType to)
    {
        var (type, name) = (to with { Shape = known.Shape }, editor.NameOf(tensor));
        var (integers, reals) = (editor.AddTensor($"{name}_q", type), editor.AddTensor(name, editor.TypeOf(tensor)));
        editor.Add(name, Integers(known, type), [], integers);
        editor.Add(name, new Dequantize(), [integers], reals);
        return reals;
    }

    private static Known Integers(Known known, TensorType type) =>
        known with
        {
            Data =
            [
                .. MemoryMarshal
                    .Cast<byte, float>(known.Data.AsSpan())
                    .ToArray()
                    .Select(v => unchecked((byte)Arithmetic.Quantize(v / type.Scale, type.ZeroPoint, type.Element.Range()))),
            ],
        };
}
