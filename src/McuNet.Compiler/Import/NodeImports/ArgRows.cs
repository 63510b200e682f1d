using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Numbers of the largest and the least value, which ONNX gives as int64: in the network uint8 in steps of one where they fit in, else real
/// numbers, and int32 where they are its output.
/// </summary>
internal static class ArgRows
{
    private const int MostValues = 256;

    public static void Max(NodeImport node) => Over(node, isLeast: false);

    public static void Min(NodeImport node) => Over(node, isLeast: true);

    private static void Over(NodeImport node, bool isLeast)
    {
        var value = node.Activation(0);
        var axis = node.Axis(node.Int("axis", 0), value.Axes.Rank);
        if (value.Dims[axis] > 1)
            value = node.Layout.AsChannels(value, axis);
        var axes = value.Axes.Without([axis], node.Int("keepdims", 1) != 0);
        if (value.Dims[axis] == 1)
        {
            var dims = axes.Dims(value.Type.Shape);
            node.Return(new Constant(node.OutputName, dims, OnnxType.Int64, new byte[sizeof(long) * Limits.Product(dims)], [], [], 0));
            return;
        }

        var op = new ArgExtreme { IsLeast = isLeast, TakesLast = node.Int("select_last_index", 0) != 0 };
        var isByte = value.Dims[axis] <= MostValues;
        var number = (isByte ? node.Step(op.Kind) : node).Emit(
            op,
            axes,
            value.Type with
            {
                Shape = op.InferShape([value.Type.Shape]),
            },
            value
        );
        node.Return(
            isByte
                ? node.Emit(new Quantize { IsWhole = true }, axes, new(number.Type.Shape, ElementType.UInt8, WholeNumbers.Steps), number)
                : number,
            ValueKind.Number
        );
    }
}
