using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Elements along an axis by numbers that are computed, or inputs: an embedding, where the operand is constant.</summary>
internal static class GatherRows
{
    public static void Gather(NodeImport node)
    {
        var kind = WholeNumbers.KindOf(node.Value(0));
        var dims = node.Value(0).Dims;
        var axis = node.Axis(node.Int("axis", 0), dims.Length);
        var given = node.Reals(node.Activation(1));
        ImmutableArray<int> others = [.. Enumerable.Range(0, dims.Length).Where(d => d != axis)];
        var width = (int)Limits.Product([.. others.Select(d => dims[d])]);
        var (count, places) = (given.Type.Shape.Elements, new TensorShape(given.Type.Shape.Elements, 1, 1));
        var numbers = node.Step("numbers").Reshape(node.Layout.InOnnxOrder(given), places, AxisOrder.OfStored(given.Dims, places));
        var shape = new TensorShape(count, 1, width);
        var axes = AxisOrder
            .OfStored([.. given.Dims, .. others.Select(d => dims[d])], shape)
            .Permuted([
                .. Enumerable.Range(given.Dims.Length, axis),
                .. Enumerable.Range(0, given.Dims.Length),
                .. Enumerable.Range(given.Dims.Length + axis, dims.Length - axis - 1),
            ]);
        var op = new Gather { Count = dims[axis], Width = width };
        if (node.Value(0) is Constant constant)
        {
            var (element, data) = Table(constant.Permuted([axis, .. others]));
            var rows = node.Reals(node.Emit(op with { Table = data }, axes, element with { Shape = shape }, numbers));
            node.Return(kind == ValueKind.Truth ? WholeNumbers.Truths(node, rows) : rows, kind);
            return;
        }

        var table = node.Layout.Grouped(node.Activation(0), [axis], [], others);
        node.Return(node.Emit(op, axes, table.Type with { Shape = shape }, table, numbers), kind);
    }

    /// <summary>Rows as bytes where they have one scale, else as real numbers.</summary>
    private static (TensorType Type, ImmutableArray<byte> Data) Table(Constant constant)
    {
        var number = new TensorShape(1, 1, 1);
        if (!constant.IsQuantized || constant.Scales.Length > 1 || constant.Type is not (OnnxType.Int8 or OnnxType.UInt8))
            return (new(number, ElementType.Float32), [.. constant.Dequantized().Data.Span]);
        var weights = (constant with { Axis = 0 }).ToWeights(0);
        return (new(number, ElementType.Int8, new(weights.Scales[0], weights.ZeroPoints[0])), weights.Data);
    }
}
