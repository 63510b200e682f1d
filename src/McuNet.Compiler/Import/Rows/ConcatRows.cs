using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Joins tensors along their channels.</summary>
internal static class ConcatRows
{
    private const int OperandsPerInput = 3;
    private const int MostInputs = 1024;

    /// <summary>Integers are joined as they are, so that all must mean the same.</summary>
    public static void Concat(NodeImport node)
    {
        ImmutableArray<Activation> inputs = [.. Enumerable.Range(0, node.InputCount).Select(node.Activation)];
        foreach (var other in inputs)
            QuantizationRows.RequireAlike(node, inputs[0], other);
        node.Return(Join(node, inputs, null));
    }

    /// <summary>y scale, y zero, then for each input x, x scale, x zero.</summary>
    public static void QLinearConcat(NodeImport node)
    {
        if ((node.InputCount - 2) % OperandsPerInput != 0)
            throw node.Unsupported("number of inputs", node.InputCount, "It takes a scale and a zero point, then three operands for each tensor.");
        var inputs = Enumerable.Range(0, (node.InputCount - 2) / OperandsPerInput).Select(i => QLinearRows.Operand(node, 2 + i * OperandsPerInput).Input);
        node.Return(Join(node, [.. inputs], QLinearRows.Parameters(node, 0)));
    }

    private static Activation Join(NodeImport node, ImmutableArray<Activation> inputs, QuantizationParameters? result)
    {
        var rank = inputs[0].Axes.Rank;
        var axis = node.Axis(node.Int("axis", 1), rank);
        inputs = [.. inputs.Select(i => ByChannels(node, i, axis, rank))];
        var first = inputs[0];
        foreach (var other in inputs)
        {
            if (Rest(other, axis) != Rest(first, axis))
                throw node.BadDims(other, $"the first operand has [{string.Join(", ", first.Dims)}]; only dimension {axis} may differ.");
        }

        if (inputs.Length > MostInputs)
            throw node.Unsupported("number of inputs", inputs.Length, $"At most {MostInputs} tensors can be joined at once; a kernel holds a pointer to a row of each.");
        if (inputs.Sum(i => (long)i.Type.Shape.Channels) is var channels && channels > Limits.Elements)
            throw ImportFailure.Of(DiagnosticCatalog.TooLarge, node.Name, node.Kind, $"{channels} channels", $"{Limits.Elements:N0} elements");
        var op = new Concat();
        var shape = op.InferShape([.. inputs.Select(i => i.Type.Shape)]);
        var axes = first.Axes with { Terms = first.Axes.Terms.SetItem(axis, shape.Channels > 1 ? "C" : "") };
        var type = first.Type with { Shape = shape };
        return node.Emit(op, axes, result is null ? type : type with { Quantization = result }, inputs);
    }

    /// <summary>The operand with its channels, and nothing else, in dimension <paramref name="axis"/>.</summary>
    private static Activation ByChannels(NodeImport node, Activation value, int axis, int rank)
    {
        if (!value.Padding.IsNone)
            throw node.PaddingLeft(value, "this operator cannot take padding in.");
        if (value.Axes.Rank != rank)
            throw node.BadDims(value, $"the first operand has {rank} dimensions.");
        var term = value.Axes.Terms[axis];
        if (term == "C" || (term == "" && value.Type.Shape.Channels == 1))
            return value;
        if (value.Axes.Terms.Where((t, i) => i != axis && t.Length > 0).Any())
            throw node.Unsupported("axis", axis, "Only channels can be joined, not rows or columns; give the parts to the application as outputs of their own.");
        return node.Arrange(value, new string('-', axis) + "C" + new string('-', rank - axis - 1));
    }

    /// <summary>What must be equal: the meaning of the other dimensions, height and width.</summary>
    private static (string Terms, int Height, int Width) Rest(Activation value, int axis) =>
        (string.Join('|', value.Axes.Terms.RemoveAt(axis).AsEnumerable()), value.Type.Shape.Height, value.Type.Shape.Width);
}
