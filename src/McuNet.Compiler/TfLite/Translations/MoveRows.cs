using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Operators that move elements or show them under other dimensions.</summary>
internal static class MoveRows
{
    /// <summary>RESHAPE, SQUEEZE and EXPAND_DIMS: the dimensions that the result has.</summary>
    public static void Reshape(NodeStatement node) => node.Return(node.Reshaped(node.Real(0), Dims(node.Result())));

    public static void Transpose(NodeStatement node) => node.Return(node.Transposed(node.Real(0), node.Integers(1, "permutation")));

    public static void Concatenation(NodeStatement node) =>
        node.Return(
            node.Activated(
                node.Add(
                    "Concat",
                    [.. Enumerable.Range(0, node.InputCount).Select(node.Real)],
                    OnnxAttribute.Of("axis", (long)node.Axis(node.Option("axis"), node.Result().Dims.Length))
                )
            )
        );

    /// <summary>Joined along a new axis.</summary>
    public static void Pack(NodeStatement node)
    {
        var axis = node.Axis(node.Option("axis"), node.Result().Dims.Length);
        ImmutableArray<long> part = Dims(node.Result()).SetItem(axis, 1);
        ImmutableArray<string> parts = [.. Enumerable.Range(0, node.InputCount).Select(i => node.Reshaped(node.Real(i), part))];
        node.Return(node.Add("Concat", parts, OnnxAttribute.Of("axis", (long)axis)));
    }

    /// <summary>Taken apart along an axis, which is gone then.</summary>
    public static void Unpack(NodeStatement node)
    {
        var axis = node.Axis(node.Option("axis"), node.Tensor(0).Dims.Length);
        var parts = Parts(node, node.Real(0), axis, [.. Enumerable.Repeat(1L, node.OutputCount)]);
        for (var i = 0; i < parts.Length; i++)
            node.Return(node.Reshaped(parts[i], Dims(node.Result(i))), i);
    }

    /// <summary>Operands: axis, input.</summary>
    public static void Split(NodeStatement node)
    {
        var input = node.Tensor(1);
        var axis = node.Axis(node.Integer(0, "axis"), input.Dims.Length);
        if (input.Dims[axis] % node.OutputCount != 0)
            throw node.Unsupported("num_splits", node.OutputCount, $"It must divide the {input.Dims[axis]} of dimension {axis}.");
        Return(node, Parts(node, node.Real(1), axis, [.. Enumerable.Repeat((long)input.Dims[axis] / node.OutputCount, node.OutputCount)]));
    }

    /// <summary>Operands: input, sizes of which one may be -1, axis.</summary>
    public static void SplitV(NodeStatement node)
    {
        var (input, sizes) = (node.Tensor(0), node.Integers(1, "sizes"));
        var axis = node.Axis(node.Integer(2, "axis"), input.Dims.Length);
        var rest = input.Dims[axis] - sizes.Where(s => s >= 0).Sum();
        if (sizes.Length != node.OutputCount || sizes.Any(s => s < -1) || sizes.Count(s => s == -1) > 1)
            throw node.Unsupported("sizes", string.Join(", ", sizes), $"{node.OutputCount} are needed, of which one may be -1.");
        Return(node, Parts(node, node.Real(0), axis, [.. sizes.Select(s => s == -1 ? rest : s)]));
    }

    private static ImmutableArray<string> Parts(NodeStatement node, string value, int axis, ImmutableArray<long> sizes) =>
        node.Add("Split", sizes.Length, [value, node.Constant(sizes)], OnnxAttribute.Of("axis", (long)axis));

    private static void Return(NodeStatement node, ImmutableArray<string> parts)
    {
        for (var i = 0; i < parts.Length; i++)
            node.Return(parts[i], i);
    }

    /// <summary>Operands: input, begins, ends, strides; bits of the masks stand for dimensions.</summary>
    public static void StridedSlice(NodeStatement node)
    {
        var (begins, ends, strides) = (node.Integers(1, "begin"), node.Integers(2, "end"), node.Integers(3, "strides"));
        foreach (var mask in new[] { "ellipsis_mask", "new_axis_mask" }.Where(node.Flag))
            throw node.Unsupported(mask, node.Option(mask), "State begin, end and strides of every dimension of the input.");
        if (begins.Length > node.Tensor(0).Dims.Length || begins.Length != ends.Length || begins.Length != strides.Length)
            throw node.Unsupported(
                "begin, end and strides",
                $"of {begins.Length}, {ends.Length} and {strides.Length}",
                $"Its operand has {node.Tensor(0).Dims.Length} dimensions."
            );
        var (fromFirst, toLast, single) = (node.Option("begin_mask"), node.Option("end_mask"), node.Option("shrink_axis_mask"));
        var (starts, stops) = (begins.ToArray(), ends.ToArray());
        for (var d = 0; d < starts.Length; d++)
        {
            var (bit, forward) = (1 << d, strides[d] > 0);
            if (strides[d] == 0)
                throw node.Unsupported("strides", string.Join(", ", strides), "None may be 0.");
            stops[d] += node.Flag("offset") ? begins[d] : 0;
            if ((single & bit) != 0)
                stops[d] = begins[d] == -1 ? int.MaxValue : begins[d] + 1;
            else if ((toLast & bit) != 0)
                stops[d] = forward ? int.MaxValue : int.MinValue;
            if ((fromFirst & bit) != 0 && (single & bit) == 0)
                starts[d] = forward ? 0 : int.MaxValue;
        }

        var slice = Sliced(node, [.. starts], [.. stops], strides);
        node.Return(single == 0 ? slice : node.Reshaped(slice, Dims(node.Result())));
    }

    /// <summary>Operands: input, begins, sizes, -1 for all that follows.</summary>
    public static void Slice(NodeStatement node)
    {
        var (begins, sizes) = (node.Integers(1, "begin"), node.Integers(2, "size"));
        if (begins.Length != sizes.Length || sizes.Any(s => s < -1) || begins.Any(b => b < 0))
            throw node.Unsupported(
                "begin and size",
                $"[{string.Join(", ", begins)}] and [{string.Join(", ", sizes)}]",
                "As many begins as sizes are needed, none negative but a size of -1."
            );
        var ends = begins.Zip(sizes, (b, s) => s == -1 ? int.MaxValue : Math.Min(b, int.MaxValue) + Math.Min(s, int.MaxValue));
        Return(node, [Sliced(node, begins, [.. ends], [.. begins.Select(_ => 1L)])]);
    }

    private static string Sliced(NodeStatement node, ImmutableArray<long> starts, ImmutableArray<long> stops, ImmutableArray<long> steps) =>
        node.Add(
            "Slice",
            [
                node.Real(0),
                node.Constant(starts),
                node.Constant(stops),
                node.Constant([.. starts.Select((_, d) => (long)d)]),
                node.Constant(steps),
            ]
        );

    /// <summary>Operands: input, [dimensions, 2] elements before and behind, of PADV2 the number that they are.</summary>
    public static void Pad(NodeStatement node)
    {
        var (around, rank) = (node.Integers(1, "paddings"), node.Tensor(0).Dims.Length);
        if (around.Length != 2 * rank)
            throw node.Unsupported("paddings", $"{around.Length} numbers", $"Its operand has {rank} dimensions.");
        ImmutableArray<long> pads = [.. around.Where((_, i) => i % 2 == 0), .. around.Where((_, i) => i % 2 == 1)];
        node.Return(
            node.Add(
                "Pad",
                [node.Real(0), node.Constant(pads), node.Has(2) ? Scalar(node) : node.Constant(0f)],
                OnnxAttribute.Of("mode", "constant")
            )
        );
    }

    public static void MirrorPad(NodeStatement node)
    {
        var (around, rank) = (node.Integers(1, "paddings"), node.Tensor(0).Dims.Length);
        if (node.Option("mode") is var mode && mode != 0)
            throw node.Unsupported("mode", mode, "REFLECT (0) is supported.");
        if (around.Length != 2 * rank)
            throw node.Unsupported("paddings", $"{around.Length} numbers", $"Its operand has {rank} dimensions.");
        ImmutableArray<long> pads = [.. around.Where((_, i) => i % 2 == 0), .. around.Where((_, i) => i % 2 == 1)];
        node.Return(node.Add("Pad", [node.Real(0), node.Constant(pads)], OnnxAttribute.Of("mode", "reflect")));
    }

    private static string Scalar(NodeStatement node) =>
        node.Numbers(2, "padding") is [var one] ? node.Constant(one) : throw node.BadDims(node.Tensor(2), "one number is needed.");

    public static void Gather(NodeStatement node)
    {
        if (node.Option("batch_dims") is var batch && batch != 0)
            throw node.Unsupported("batch_dims", batch, "Only 0 is supported.");
        var indices = node.Tensor(1).Dims;
        var numbers = node.Constant(node.Integers(1, "indices"));
        var axis = OnnxAttribute.Of("axis", (long)node.Axis(node.Option("axis"), node.Tensor(0).Dims.Length));
        var gathered = node.Add("Gather", [node.Real(0), numbers], axis);
        node.Return(indices.Length == 1 ? gathered : node.Reshaped(gathered, Dims(node.Result())));
    }

    public static void Tile(NodeStatement node) =>
        node.Return(node.Add("Tile", [node.Real(0), node.Constant(node.Integers(1, "multiples"))]));

    public static void DepthToSpace(NodeStatement node) =>
        node.Return(
            node.Stored(
                node.Add(
                    "DepthToSpace",
                    [node.Image(0)],
                    OnnxAttribute.Of("blocksize", (long)node.Positive("block_size")),
                    OnnxAttribute.Of("mode", "DCR")
                )
            )
        );

    public static void SpaceToDepth(NodeStatement node) =>
        node.Return(
            node.Stored(node.Add("SpaceToDepth", [node.Image(0)], OnnxAttribute.Of("blocksize", (long)node.Positive("block_size"))))
        );

    private static ImmutableArray<long> Dims(TfLiteTensor tensor) => [.. tensor.Dims.Select(d => (long)d)];
}
