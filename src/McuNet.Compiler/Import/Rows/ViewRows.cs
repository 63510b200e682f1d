using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Operators that change how elements are seen, not what they are.</summary>
internal static class ViewRows
{
    /// <summary>Of real numbers to float32, which they are; of the numbers of ArgMax to integers, which they stay, or to float32.</summary>
    public static void Cast(NodeImport node)
    {
        if (node.Value(0) is Activation { Type: { Quantization: { } q } type } number)
        {
            if (type.Element != ElementType.UInt8 || q != new QuantizationParameters(1, 0))
                throw ImportFailure.Of(DiagnosticCatalog.IntegersNotDefined, node.Name, node.Kind, number.Name, type.Element, q.Scale, q.ZeroPoint);
            if (node.Int("to", 0) is (int)OnnxType.Int64 or (int)OnnxType.Int32 or (int)OnnxType.UInt8)
                Identity(node);
            else if (node.Int("to", 0) == (int)OnnxType.Float)
                node.Return(node.Emit(new Operators.Dequantize(), number.Axes, new(type.Shape, ElementType.Float32), number));
            else
                throw node.Unsupported("to", (OnnxType)node.Int("to", 0), "Only float32 and integers are supported.");
            return;
        }

        if (node.Int("to", 0) is var to && to != (int)OnnxType.Float)
            throw node.Unsupported("to", (OnnxType)to, "Only float32 is supported, to which real numbers are cast for nothing.");
        Identity(node);
    }

    public static void Identity(NodeImport node) => node.Return(node.Value(0));

    /// <summary>Drops nothing unless it trains.</summary>
    public static void Dropout(NodeImport node)
    {
        if (node.Has(2) && node.Constant(2, "training mode").Data.Span.ContainsAnyExcept((byte)0))
            throw node.Unsupported("training_mode", true, "Export the model in inference mode.");
        Identity(node);
    }

    public static void Constant(NodeImport node)
    {
        if (node.Attribute("value")?.Tensor is { } tensor)
            node.Return(Constants.Of(tensor));
        else if (node.Attribute("value_float") is { } real)
            node.Return(Numbers(node, OnnxType.Float, [], real.Float));
        else if (node.Attribute("value_floats") is { } reals)
            node.Return(Numbers(node, OnnxType.Float, [reals.Floats.Length], [.. reals.Floats]));
        else if (node.Attribute("value_int") is { } integer)
            node.Return(Numbers(node, OnnxType.Int64, [], integer.Int));
        else if (node.Attribute("value_ints") is { } integers)
            node.Return(Numbers(node, OnnxType.Int64, [integers.Ints.Length], [.. integers.Ints]));
        else
            throw node.Unsupported("attributes", "no value", "Only dense tensors and numbers are supported.");
    }

    public static void Transpose(NodeImport node)
    {
        var value = node.Value(0);
        var rank = value.Dims.Length;
        var permutation = node.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse()];
        if (!permutation.Order().SequenceEqual(Enumerable.Range(0, rank)))
            throw node.Unsupported("perm", string.Join(", ", permutation), $"Its operand has {rank} dimensions.");
        node.Return(value switch
        {
            Activation a => a with { Axes = a.Axes.Permuted(permutation) },
            Constant c => c.Permuted(permutation),
            _ => value,
        });
    }

    public static void Reshape(NodeImport node)
    {
        var (value, target) = (node.Value(0), node.Constant(1, "shape").Integers());
        var copies = node.Int("allowzero", 0) == 0;
        var dims = target.Select((d, i) => d == 0 && copies && i < value.Dims.Length ? value.Dims[i] : d).ToArray();
        if (dims.Any(d => d is < -1 or 0) || dims.Count(d => d == -1) > 1)
            throw node.Unsupported("shape", string.Join(", ", target), $"Its operand has [{string.Join(", ", value.Dims)}]; at most one dimension may be -1, and none may become 0.");
        var known = Limits.Product([.. dims.Where(d => d > 0)]);
        for (var i = 0; i < dims.Length; i++)
            dims[i] = dims[i] == -1 ? (int)(Limits.Product([.. value.Dims]) / known) : dims[i];
        View(node, value, [.. dims]);
    }

    public static void Flatten(NodeImport node)
    {
        var value = node.Value(0);
        var axis = node.Int("axis", 1) is var a && a == value.Dims.Length ? a : node.Axis(a, value.Dims.Length);
        View(node, value, [(int)Limits.Product([.. value.Dims.Take(axis)]), (int)Limits.Product([.. value.Dims.Skip(axis)])]);
    }

    public static void Squeeze(NodeImport node)
    {
        var value = node.Value(0);
        var axes = node.Axes(1, value.Dims.Length);
        View(node, value, [.. value.Dims.Where((d, i) => axes is null ? d != 1 : !axes.Value.Contains(i))]);
    }

    public static void Unsqueeze(NodeImport node)
    {
        var value = node.Value(0);
        var axes = node.Axes(1, value.Dims.Length + (node.Ints("axes") ?? node.Constant(1, "axes").Integers()).Length) ?? [];
        var dims = value.Dims.ToList();
        foreach (var axis in axes.Order())
            dims.Insert(axis, 1);
        View(node, value, [.. dims]);
    }

    public static void Pad(NodeImport node)
    {
        var value = node.Padded(0);
        var pads = node.Ints("pads") ?? node.Constant(1, "paddings").Integers();
        if (node.Text("mode", "constant") is var mode && mode is not ("" or "constant"))
            throw node.Unsupported("mode", mode, "Only constant padding is supported.");
        RequireZero(node, value.Type);
        if (node.Has(3) || pads.Length != 2 * value.Axes.Rank || pads.Any(p => p is < 0 or > Limits.Window))
            throw node.Unsupported("pads", string.Join(", ", pads), $"One padding at each end of every dimension is needed, each between 0 and {Limits.Window}.");
        var padding = value.Padding;
        for (var i = 0; i < value.Axes.Rank; i++)
            padding = Extend(node, value, padding, value.Axes.Terms[i], i, pads[i], pads[i + value.Axes.Rank]);
        node.Return(value with { Padding = padding });
    }

    /// <summary>Padding is real zero: of integers their zero point, which a missing value is only where that is 0.</summary>
    private static void RequireZero(NodeImport node, TensorType type)
    {
        if (type.Quantization is not { } q)
        {
            var real = node.Has(2) ? node.Constant(2, "fill value").Real() : node.Float("value", 0);
            if (real != 0)
                throw node.Unsupported("fill value", real, "Only zeros are supported.");
            return;
        }

        var stored = node.Has(2) ? node.Constant(2, "fill value").Integer() : 0;
        if (stored != q.ZeroPoint)
            throw node.Unsupported("fill value", stored, $"It pads integers with zero point {q.ZeroPoint}, for which {stored} is {q.Real(stored)} and not zero; give {q.ZeroPoint}, or pad before QuantizeLinear.");
    }

    private static ZeroPadding Extend(NodeImport node, Activation value, ZeroPadding padding, string term, int dimension, int begin, int end)
    {
        if (begin == 0 && end == 0)
            return padding;
        var axis = term.Length > 0 ? term : value.Axes.Rank == 4 ? "-CHW"[dimension].ToString() : "?";
        return axis switch
        {
            "H" => padding with { Top = padding.Top + begin, Bottom = padding.Bottom + end },
            "W" => padding with { Left = padding.Left + begin, Right = padding.Right + end },
            _ => throw node.Unsupported("pads", $"{begin}, {end} on dimension {dimension}", "Only rows and columns can be padded."),
        };
    }

    private static void View(NodeImport node, ImportedValue value, ImmutableArray<int> dims)
    {
        if (dims.Any(d => d < 0) || Limits.Product(dims) != Limits.Product(value.Dims))
            throw node.BadDims(value, $"they do not make [{string.Join(", ", dims)}].");
        if (value is Constant constant)
            node.Return(constant.Reshaped(dims));
        else
            node.Return(View(node, node.Activation(0), dims));
    }

    private static Activation View(NodeImport node, Activation value, ImmutableArray<int> dims)
    {
        if (value.Axes.Regrouped(dims, value.Type.Shape) is { } order)
            return value with { Axes = order };
        if (value.Axes.IsStored && dims.Length is >= 1 and <= 4)
        {
            string[] choices = dims.Length switch { 4 => ["-CHW", "-HWC"], 3 => ["-CH", "-HC"], 2 => ["-C", "HC"], _ => ["C"] };
            foreach (var axes in choices.Where(a => a[0] != '-' || dims[0] == 1))
            {
                var shape = InputDimensions.Shape(dims, axes);
                var target = AxisOrder.Of(axes, shape);
                if (target.IsStored)
                    return node.Reshape(value, shape, target);
            }
        }

        throw ImportFailure.Of(DiagnosticCatalog.ElementOrderNotSupported, node.Name, node.Kind, value.Name, value.Axes, string.Join(" x ", dims));
    }

    private static Constant Numbers<T>(NodeImport node, OnnxType type, ImmutableArray<int> dims, params T[] values)
        where T : unmanaged =>
        new(node.OutputName, dims, type, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), [], [], 0);
}
