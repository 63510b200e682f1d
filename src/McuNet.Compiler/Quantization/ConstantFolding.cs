using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>Turns Constant nodes, dequantised weights and views of constants into initialisers, and removes nodes that do nothing.</summary>
internal static class ConstantFolding
{
    public static void Run(OnnxEditor editor)
    {
        foreach (var node in editor.Nodes)
        {
            if (node.Outputs.Length == 0 || editor.IsOutput(node.Outputs[0]))
                continue;
            if ((node.Operator == "Constant" ? OfNode(node) : OfView(editor, node)) is not { } value)
                continue;
            editor.SetConstant(value with { Name = node.Outputs[0] });
            editor.Remove(node);
        }

        foreach (var value in editor.Nodes.Where(n => n.Operator is "Identity" or "Dropout").Select(n => n.Outputs[0]))
        {
            if (editor.ProducerOf(value) is { } node)
                editor.Bypass(node);
        }
    }

    private static OnnxTensor? OfNode(OnnxNode node) => node.Attributes switch
    {
        [{ Name: "value", Tensor: { } tensor }] => tensor,
        [{ Name: "value_float" } a] => OnnxTensor.Of<float>("", OnnxType.Float, [], [a.Float]),
        [{ Name: "value_floats" } a] => OnnxTensor.Of("", OnnxType.Float, [a.Floats.Length], a.Floats.AsSpan()),
        [{ Name: "value_int" } a] => OnnxTensor.Of<long>("", OnnxType.Int64, [], [a.Int]),
        [{ Name: "value_ints" } a] => OnnxTensor.Of("", OnnxType.Int64, [a.Ints.Length], a.Ints.AsSpan()),
        _ => null,
    };

    private static OnnxTensor? OfView(OnnxEditor editor, OnnxNode node)
    {
        if (node.Inputs.Length == 0 || editor.Constant(node.Inputs[0]) is not { External: null } source)
            return null;
        return node.Operator switch
        {
            "DequantizeLinear" => Dequantized(editor, node, source),
            "Identity" => source,
            "Reshape" when editor.Constant(node.Inputs[1]) is { } shape => Reshaped(source, MemoryMarshal.Cast<byte, long>(shape.Data.Span)),
            "Squeeze" or "Unsqueeze" when TensorFacts.Axes(editor, node) is { } axes => node.Operator == "Squeeze" ? Squeezed(source, axes) : Unsqueezed(source, axes),
            "Transpose" when source.Type.Size() > 0 => Transposed(source, node.Attribute("perm") is { } perm ? perm.Ints : [.. Enumerable.Range(0, source.Dims.Length).Reverse().Select(i => (long)i)]),
            _ => null,
        };
    }

    private static OnnxTensor? Dequantized(OnnxEditor editor, OnnxNode node, OnnxTensor source)
    {
        if (editor.Reals(node.Inputs[1]) is not { } scales || source.Type is not (OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Int32))
            return null;
        var zeros = node.Inputs.Length > 2 && node.Inputs[2].Length > 0 ? Integers(editor.Constant(node.Inputs[2])!) : [0];
        var values = Integers(source);
        var axis = (int)(node.Attribute("axis")?.Int ?? 1);
        axis = axis < 0 ? axis + source.Dims.Length : axis;
        var inner = scales.Length == 1 ? 1 : (int)source.Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);
        var reals = new float[values.Length];
        for (var i = 0; i < reals.Length; i++)
        {
            var channel = i / inner % scales.Length;
            reals[i] = (values[i] - zeros[zeros.Length == 1 ? 0 : channel]) * scales[channel];
        }

        return OnnxTensor.Of<float>("", OnnxType.Float, source.Dims, reals);
    }

    private static int[] Integers(OnnxTensor tensor) => tensor.Type switch
    {
        OnnxType.Int8 => [.. tensor.Data.ToArray().Select(b => (int)(sbyte)b)],
        OnnxType.UInt8 => [.. tensor.Data.ToArray().Select(b => (int)b)],
        _ => MemoryMarshal.Cast<byte, int>(tensor.Data.Span).ToArray(),
    };

    private static OnnxTensor Reshaped(OnnxTensor source, ReadOnlySpan<long> shape)
    {
        var dims = shape.ToArray();
        for (var i = 0; i < dims.Length; i++)
            dims[i] = dims[i] == 0 ? source.Dims[i] : dims[i];
        var known = dims.Where(d => d > 0).Aggregate(1L, (a, b) => a * b);
        return source with { Dims = [.. dims.Select(d => d == -1 ? source.Dims.Aggregate(1L, (a, b) => a * b) / known : d)] };
    }

    private static OnnxTensor Squeezed(OnnxTensor source, long[] axes)
    {
        var positive = axes.Select(a => a < 0 ? a + source.Dims.Length : a).ToHashSet();
        return source with { Dims = [.. source.Dims.Where((_, i) => !positive.Contains(i))] };
    }

    private static OnnxTensor Unsqueezed(OnnxTensor source, long[] axes)
    {
        var dims = source.Dims.ToList();
        foreach (var axis in axes.Select(a => a < 0 ? a + source.Dims.Length + axes.Length : a).Order())
            dims.Insert((int)axis, 1);
        return source with { Dims = [.. dims] };
    }

    public static OnnxTensor Transposed(OnnxTensor source, IReadOnlyList<long> permutation)
    {
        var (size, rank) = (source.Type.Size(), source.Dims.Length);
        var dims = permutation.Select(p => source.Dims[(int)p]).ToImmutableArray();
        var strides = permutation.Select(p => (int)source.Dims.Skip((int)p + 1).Aggregate(1L, (a, b) => a * b)).ToArray();
        var data = new byte[source.Data.Length];
        var index = new int[rank];
        for (var to = 0; to < data.Length; to += size)
        {
            var from = 0;
            for (var d = 0; d < rank; d++)
                from += index[d] * strides[d];
            source.Data.Span.Slice(from * size, size).CopyTo(data.AsSpan(to));
            for (var d = rank - 1; d >= 0 && ++index[d] == dims[d]; d--)
                index[d] = 0;
        }

        return source with { Dims = dims, Data = data };
    }
}
