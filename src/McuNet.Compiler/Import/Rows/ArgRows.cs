using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>
/// Numbers of the largest and the least value, which ONNX gives as int64: in the network uint8 in steps of one, which is what they fit in, and int32 where
/// they are its output.
/// </summary>
internal static class ArgRows
{
    private const int MostValues = 256;

    /// <summary>What numbers are quantised with.</summary>
    public static QuantizationParameters Number { get; } = new(1, 0);

    public static void Max(NodeImport node) => Over(node, isLeast: false);

    public static void Min(NodeImport node) => Over(node, isLeast: true);

    private static void Over(NodeImport node, bool isLeast)
    {
        var value = node.Activation(0);
        var axis = node.Axis(node.Int("axis", 0), value.Axes.Rank);
        if (value.Dims[axis] > 1)
            value = node.Layout.AsChannels(value, axis);
        if (value.Dims[axis] == 1 || value.Dims[axis] > MostValues)
            throw node.Unsupported("axis", axis, $"It has {value.Dims[axis]} values; the number of one among 2 to {MostValues} is supported.");
        var axes = value.Axes.Without([axis], node.Int("keepdims", 1) != 0);
        var op = new ArgExtreme { IsLeast = isLeast, TakesLast = node.Int("select_last_index", 0) != 0 };
        var number = node.Step(op.Kind).Emit(op, axes, value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value);
        node.Return(node.Emit(new Quantize(), axes, new(number.Type.Shape, ElementType.UInt8, Number), number));
    }
}
