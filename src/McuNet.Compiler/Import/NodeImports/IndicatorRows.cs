using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>One where a channel has a certain number, zero elsewhere: one less its distance from that number, of at most one.</summary>
internal static class IndicatorRows
{
    /// <summary>Integers that float32 holds each.</summary>
    private const int MostValues = 1 << 24;

    /// <summary>One at the first of the largest values.</summary>
    public static void Hardmax(NodeImport node)
    {
        var given = node.Activation(0);
        var rank = given.Axes.Rank;
        var isOld = node.Opset is > 0 and < 13;
        var axis = node.Axis(node.Int("axis", isOld ? 1 : -1), rank);
        if (isOld && given.Axes.Terms.Skip(axis + 1).Any(t => t.Length > 0))
            throw node.Unsupported(
                "axis",
                axis,
                $"In opset {node.Opset} it flattens all dimensions after it; export with opset 13 or later."
            );
        if (given.Dims[axis] == 1)
        {
            node.Return(node.Emit(new Clip { Clamp = new(1, 1) }, given.Axes, given.Type, given));
            return;
        }

        var value = node.Layout.AsChannels(given, axis);
        var arg = new ArgExtreme { IsLeast = false };
        var number = node.Step("number")
            .Emit(arg, value.Axes.Without([axis], keep: true), value.Type with { Shape = arg.InferShape([value.Type.Shape]) }, value);
        node.Return(IsOne(node, Distance(node, number, axis, value.Dims[axis], 0)));
    }

    /// <summary>One of two values at the index that is given, counted from the end where it is negative, and the other at all
    /// others.</summary>
    public static void OneHot(NodeImport node)
    {
        var (depth, values) = (Depth(node), node.Constant(2, "values").Numbers());
        if (values is not [var off, var on])
            throw node.Unsupported("values", string.Join(", ", values), "Two are needed: off and on.");
        var indices = Indices(node);
        var axis = node.Axis(node.Int("axis", -1), indices.Axes.Rank + 1);
        var value = node.Layout.AsChannels(ViewRows.View(node, indices, indices.Dims.Insert(axis, 1)), axis);
        var (first, last) = (Distance(node.Step("first"), value, axis, depth, 0), Distance(node.Step("last"), value, axis, depth, -depth));
        var nearest = node.Step("nearest").Emit(new Elementwise { Function = ElementFunction.Min }, first.Axes, first.Type, first, last);
        var hot = IsOne(off == 0 && on == 1 ? node : node.Step("hot"), nearest);
        if (on != off + 1)
            hot = LookupRows.Emit(off == 0 ? node : node.Step("scaled"), new UnaryFunction.Scale(on - off), hot);
        node.Return(off == 0 ? hot : LookupRows.Emit(node, new UnaryFunction.Shift(off), hot), WholeNumbers.KindOf(node.Value(2)));
    }

    private static int Depth(NodeImport node)
    {
        var given = node.Constant(1, "depth");
        var depth = given.Type == Onnx.OnnxType.Float ? given.Real() : given.Integer();
        return depth is >= 1 and <= MostValues && depth == MathF.Floor(depth)
            ? (int)depth
            : throw node.Unsupported("depth", depth, $"A whole number between 1 and {MostValues} is needed.");
    }

    /// <summary>Real numbers, or the integers that ArgMax gives.</summary>
    private static Activation Indices(NodeImport node)
    {
        var given = node.Activation(0);
        if (given.Type.Quantization is not { } q)
            return given;
        return q == new QuantizationParameters(1, 0)
            ? node.Step("indices").Emit(new Dequantize(), given.Axes, new(given.Type.Shape, ElementType.Float32), given)
            : throw ImportFailure.Of(
                Diagnostics.DiagnosticCatalog.IntegersNotDefined,
                node.Name,
                node.Kind,
                given.Name,
                given.Type.Element,
                q.Scale,
                q.ZeroPoint
            );
    }

    /// <summary>How far numbers without channels are from those of the channels, from <paramref name="least"/> on.</summary>
    private static Activation Distance(NodeImport node, Activation number, int axis, int count, int least)
    {
        float[] channels = [.. Enumerable.Range(least, count).Select(i => (float)i)];
        var op = new Elementwise
        {
            Function = ElementFunction.Sub,
            Constant = new([1, 1, count], ElementType.Float32, [.. MemoryMarshal.AsBytes(channels.AsSpan())], [1], [0]),
        };
        var axes = number.Axes with { Terms = number.Axes.Terms.SetItem(axis, count > 1 ? "C" : "") };
        var difference = node.Step("difference").Emit(op, axes, number.Type with { Shape = op.InferShape([number.Type.Shape]) }, number);
        return LookupRows.Emit(node.Step("distance"), new UnaryFunction.Abs(), difference);
    }

    private static Activation IsOne(NodeImport node, Activation distance)
    {
        var near = node.Step("near").Emit(new Clip { Clamp = new(0, 1) }, distance.Axes, distance.Type, distance);
        return LookupRows.Emit(node, new UnaryFunction.Difference(1), near);
    }
}
