using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Operators that change how elements are seen, not what they are.</summary>
internal static class ViewRows
{
    /// <summary>
    /// Real numbers to float32, which they are, or to a narrower type, as which they stay float32, or to whole numbers, without their
    /// fraction; whole numbers and truth values to one another and to float32.
    /// </summary>
    public static void Cast(NodeImport node) => Cast(node, (OnnxType)node.Int("to", 0));

    public static void Cast(NodeImport node, OnnxType to)
    {
        var value = node.Value(0);
        if (value is Activation { IsWhole: false, Type: { Quantization: { } q } type })
            throw ImportFailure.Of(
                DiagnosticCatalog.IntegersNotDefined,
                node.Name,
                node.Kind,
                value.Name,
                type.Element,
                q.Scale,
                q.ZeroPoint
            );
        if (value is not Activation given)
            given = node.Activation(0);
        switch (to)
        {
            case OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16:
                node.Return(node.Reals(given), ValueKind.Real);
                break;
            case OnnxType.Int64 or OnnxType.Int32:
                node.Return(
                    given.Kind == ValueKind.Real ? LookupRows.Emit(node, new UnaryFunction.Truncate(), node.Activation(0)) : given,
                    ValueKind.Number
                );
                break;
            case OnnxType.UInt8 when given.Type is { Element: ElementType.UInt8 }:
                node.Return(given, ValueKind.Number);
                break;
            case OnnxType.Bool when given.Kind == ValueKind.Truth:
                Identity(node);
                break;
            case OnnxType.Bool:
                LogicRows.IsNotZero(node);
                break;
            default:
                throw node.Unsupported(
                    "to",
                    to,
                    "Only float32, int64, int32 and bool are supported; float16 and bfloat16 count as float32."
                );
        }
    }

    /// <summary>One whose condition is known is gone by now: its branch stands in its place.</summary>
    public static void If(NodeImport node) => throw ImportFailure.Of(DiagnosticCatalog.BranchNotKnown, node.Name, node.Value(0).Name);

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
        node.Return(
            value switch
            {
                Activation a => a with { Axes = a.Axes.Permuted(permutation) },
                Constant c => c.Permuted(permutation),
                _ => value,
            }
        );
    }

    /// <summary>Blocks of channels as pixels: of the three factors of the channels, two become rows and columns.</summary>
    public static void DepthToSpace(NodeImport node)
    {
        var (value, block) = Blocks(node);
        var mode = node.Text("mode", "DCR");
        var depth = value.Dims[1] / (block * block);
        if (depth * block * block != value.Dims[1])
            throw node.Unsupported("blocksize", block, $"Its square must divide the {value.Dims[1]} channels.");
        var (h, w) = (value.Dims[2], value.Dims[3]);
        var factors = mode switch
        {
            "DCR" => View(node, value, [value.Dims[0], block, block, depth, h, w]) is var a
                ? a with
                {
                    Axes = a.Axes.Permuted([0, 3, 4, 1, 5, 2]),
                }
                : a,
            "CRD" => View(node, value, [value.Dims[0], depth, block, block, h, w]) is var a
                ? a with
                {
                    Axes = a.Axes.Permuted([0, 1, 4, 2, 5, 3]),
                }
                : a,
            _ => throw node.Unsupported("mode", mode, "It is DCR or CRD."),
        };
        node.Return(View(node, factors, [value.Dims[0], depth, h * block, w * block]));
    }

    /// <summary>Blocks of pixels as channels.</summary>
    public static void SpaceToDepth(NodeImport node)
    {
        var (value, block) = Blocks(node);
        var (c, h, w) = (value.Dims[1], value.Dims[2] / block, value.Dims[3] / block);
        if (h * block != value.Dims[2] || w * block != value.Dims[3])
            throw node.Unsupported("blocksize", block, $"It must divide {value.Dims[2]} rows and {value.Dims[3]} columns.");
        var factors = View(node, value, [value.Dims[0], c, h, block, w, block]);
        node.Return(
            View(node, factors with { Axes = factors.Axes.Permuted([0, 3, 5, 1, 2, 4]) }, [value.Dims[0], c * block * block, h, w])
        );
    }

    private static (Activation Value, int Block) Blocks(NodeImport node)
    {
        var (value, block) = (node.Activation(0), node.Int("blocksize", 0));
        if (block is < 1 or > 256)
            throw node.Unsupported("blocksize", block, "It must be between 1 and 256.");
        return value.Axes.Rank == 4 ? (value, block) : throw node.BadDims(value, $"{node.Kind} takes images [N, C, H, W].");
    }

    public static void Reshape(NodeImport node)
    {
        var (value, target) = (node.Value(0), node.Constant(1, "shape").Integers());
        var copies = node.Int("allowzero", 0) == 0;
        var dims = target.Select((d, i) => d == 0 && copies && i < value.Dims.Length ? value.Dims[i] : d).ToArray();
        if (dims.Any(d => d is < -1 or 0) || dims.Count(d => d == -1) > 1)
            throw node.Unsupported(
                "shape",
                string.Join(", ", target),
                $"Its operand has [{string.Join(", ", value.Dims)}]; at most one dimension may be -1, and none may become 0."
            );
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

    private static void View(NodeImport node, ImportedValue value, ImmutableArray<int> dims)
    {
        if (dims.Any(d => d < 0) || Limits.Product(dims) != Limits.Product(value.Dims))
            throw node.BadDims(value, $"they do not make [{string.Join(", ", dims)}].");
        if (value is Constant constant)
            node.Return(constant.Reshaped(dims));
        else
            node.Return(View(node, node.Activation(0), dims));
    }

    /// <summary>A tensor under other dimensions: a view where they can be seen so, else stored in the order in which ONNX sees the
    /// elements.</summary>
    public static Activation View(NodeImport node, Activation value, ImmutableArray<int> dims)
    {
        if (value.Axes.Regrouped(dims, value.Type.Shape) is { } order)
            return value with { Axes = order };
        if (value.Axes.IsStored && dims.Length is >= 1 and <= 4)
        {
            string[] choices = dims.Length switch
            {
                4 => ["-CHW", "-HWC"],
                3 => ["-CH", "-HC"],
                2 => ["-C", "HC"],
                _ => ["C"],
            };
            foreach (var axes in choices.Where(a => a[0] != '-' || dims[0] == 1))
            {
                var shape = InputDimensions.Shape(dims, axes);
                var target = AxisOrder.Of(axes, shape);
                if (target.IsStored)
                    return node.Reshape(value, shape, target);
            }
        }

        if (value.Axes.Regrouped(dims, value.Type.Shape, cuts: true) is { } cut)
            return value with { Axes = cut };
        var ordered = node.Layout.InOnnxOrder(value);
        return ordered.Axes.Regrouped(dims, ordered.Type.Shape, cuts: true) is { } known
            ? ordered with
            {
                Axes = known,
            }
            : node.Layout.InOrder(ordered, dims);
    }

    private static Constant Numbers<T>(NodeImport node, OnnxType type, ImmutableArray<int> dims, params T[] values)
        where T : unmanaged => new(node.OutputName, dims, type, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), [], [], 0);
}
