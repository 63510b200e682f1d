using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Add and the activations.</summary>
internal static class ElementwiseRows
{
    public static void Relu(NodeImport node) => Limit(node, Clamp.Relu);

    public static void Clip(NodeImport node)
    {
        var min = node.Has(1) ? node.Constant(1, "minimum").Real() : node.Float("min", float.NegativeInfinity);
        var max = node.Has(2) ? node.Constant(2, "maximum").Real() : node.Float("max", float.PositiveInfinity);
        Limit(node, new Clamp(min, max));
    }

    public static void Add(NodeImport node)
    {
        var (a, b) = (node.Activation(0), node.Activation(1));
        if (a.Type.Shape != b.Type.Shape || a.Axes != b.Axes)
            throw node.BadDims(b, $"the other operand has [{string.Join(", ", a.Dims)}]; both must be equal, broadcasting is not supported.");
        node.Return(node.Emit(new Add(), a.Axes, a.Type, a, b));
    }

    private static void Limit(NodeImport node, Clamp clamp)
    {
        var input = node.Padded(0);
        if (!input.Padding.IsNone && !(clamp.Min <= 0 && clamp.Max >= 0))
            throw node.PaddingLeft(input, "the activation would change the padded zeros.");
        node.Return(node.Emit(new Requantize { Clamp = clamp }, input.Axes, input.Type, input) with { Padding = input.Padding });
    }
}
