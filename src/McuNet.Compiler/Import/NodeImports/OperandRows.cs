using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Functions of two operands whose dimensions, aligned at the last one, are equal or one.</summary>
internal static class OperandRows
{
    /// <summary>A slope for negative values: one number is a table.</summary>
    public static void PRelu(NodeImport node)
    {
        if (node.IsConstant(1) && ConstantOperandRows.Number(node, node.Constant(1, "slope"), node.Padded(0), "slope") is { } slope)
            LookupRows.Of(node, new UnaryFunction.LeakyRelu(slope));
        else
            node.Return(Of(node, ElementFunction.PRelu));
    }

    /// <summary>Of the first two operands, one of which may be constant.</summary>
    public static Activation Of(NodeImport node, ElementFunction function) =>
        node.IsConstant(1) ? WithConstant(node, function, node.Activation(0), node.Constant(1, "operand"), false)
        : node.IsConstant(0) ? WithConstant(node, function, node.Activation(1), node.Constant(0, "operand"), true)
        : Of(node, function, node.Activation(0), node.Activation(1), null);

    public static void Sum(NodeImport node) => node.Return(Chain(node, ElementFunction.Add));

    public static void Mean(NodeImport node) =>
        node.Return(LookupRows.Emit(node, new UnaryFunction.Fraction(node.InputCount), Chain(node.Step("sum"), ElementFunction.Add)));

    /// <summary>Of all operands, one after the other.</summary>
    public static Activation Chain(NodeImport node, ElementFunction function)
    {
        ImmutableArray<int> activations = [.. Enumerable.Range(0, node.InputCount).Where(i => !node.IsConstant(i))];
        var result = node.Activation(activations.Length > 0 ? activations[0] : 0);
        ImmutableArray<int> rest = [.. Enumerable.Range(0, node.InputCount).Except(activations.Take(1))];
        for (var i = 0; i < rest.Length; i++)
        {
            var place = i + 1 < rest.Length ? node.Step($"{i + 1}") : node;
            result =
                node.IsConstant(rest[i]) ? WithConstant(place, function, result, node.Constant(rest[i], "operand"), false)
                : function == ElementFunction.Add ? ElementwiseRows.Added(place, result, node.Activation(rest[i]))
                : Of(place, function, result, node.Activation(rest[i]), null);
        }

        return result;
    }

    /// <param name="result">Quantisation of the result where the operator states it.</param>
    public static Activation Of(NodeImport node, ElementFunction function, Activation a, Activation b, QuantizationParameters? result)
    {
        (a, b) = node.Alike(Whole(node, a), Whole(node, b));
        if (a.Type.Shape == b.Type.Shape && a.Axes == b.Axes)
            return node.Emit(
                new Elementwise { Function = function },
                a.Axes,
                result is null ? a.Type : a.Type with { Quantization = result },
                a,
                b
            );
        if (!a.Axes.Parts.IsEmpty || !b.Axes.Parts.IsEmpty)
            throw ImportFailure.Of(DiagnosticCatalog.ElementOrderNotSupported, node.Name, node.Kind, b.Name, b.Axes, a.Axes);
        var rank = Math.Max(a.Axes.Rank, b.Axes.Rank);
        var (leader, follower) =
            b.Type.Shape.Elements > a.Type.Shape.Elements ? (Ranked(b, rank), Ranked(a, rank)) : (Ranked(a, rank), Ranked(b, rank));
        if (Aligned(node, leader, follower) is not { } aligned)
        {
            leader = AsVector(node, leader) ?? node.Layout.InOnnxOrder(leader);
            aligned =
                Aligned(node, leader, node.Layout.InOnnxOrder(follower))
                ?? throw ImportFailure.Of(
                    DiagnosticCatalog.ElementOrderNotSupported,
                    node.Name,
                    node.Kind,
                    follower.Name,
                    follower.Axes,
                    leader.Axes
                );
        }

        (a, b) = b.Type.Shape.Elements > a.Type.Shape.Elements ? (aligned, leader) : (leader, aligned);
        var axes = new AxisOrder([.. leader.Axes.Terms.Select((t, i) => t.Length > 0 ? t : aligned.Axes.Terms[i])]);
        var op = new Elementwise { Function = function };
        var type = a.Type with { Shape = op.InferShape([a.Type.Shape, b.Type.Shape]) };
        return node.Emit(op, axes, result is null ? type : type with { Quantization = result }, a, b);
    }

    /// <param name="first">Whether the constant is the first operand.</param>
    /// <param name="result">Quantisation of the result where the operator states it.</param>
    public static Activation WithConstant(
        NodeImport node,
        ElementFunction function,
        Activation input,
        Constant constant,
        bool first,
        QuantizationParameters? result = null
    )
    {
        var value = Ranked(Whole(node, input), Math.Max(input.Axes.Rank, constant.Shape.Length));
        var (terms, map) = Placed(node, value, constant);
        var op = new Elementwise
        {
            Function = function,
            Constant = map,
            ConstantFirst = first,
        };
        var axes = new AxisOrder([.. value.Axes.Terms.Select((t, i) => t.Length > 0 ? t : terms[i])]);
        var type = value.Type with { Shape = op.InferShape([value.Type.Shape]) };
        return node.Emit(op, axes, result is null ? type : type with { Quantization = result }, value);
    }

    /// <summary>A constant of dimensions that an activation has, as [H, W, C].</summary>
    public static ConstantTensor Map(NodeImport node, Activation value, Constant constant) =>
        constant.Shape.Length <= value.Axes.Rank
            ? Placed(node, value, constant).Map
            : throw node.BadDims(constant, $"the other operand has [{string.Join(", ", value.Dims)}].");

    /// <summary>The axes of a constant's dimensions, and its elements as [H, W, C].</summary>
    /// <param name="isLimited">Whether infinities become the largest finite numbers.</param>
    public static (ImmutableArray<string> Terms, ConstantTensor Map) Placed(
        NodeImport node,
        Activation value,
        Constant constant,
        bool isLimited = true
    )
    {
        ImmutableArray<int> dims = [.. Enumerable.Repeat(1, value.Axes.Rank - constant.Shape.Length), .. constant.Shape];
        RequireBroadcast(node, value, dims, constant);
        if (!value.Axes.Parts.IsEmpty)
            return (
                value.Axes.Terms,
                Tensor(
                    node,
                    Spread(value, dims, constant),
                    "HWC".Select(a => (a, value.Axes.Extent(a, value.Type.Shape))).ToList(),
                    isLimited
                )
            );
        var terms =
            Target(value.Axes, dims, new(value.Axes.Terms.Select(_ => "").ToImmutableArray()))
            ?? throw node.BadDims(constant, $"the other operand has [{string.Join(", ", value.Dims)}].");
        return (terms, Tensor(node, constant, Extents(terms, dims, value.Type.Shape), isLimited));
    }

    /// <summary>Without padding, and with each dimension on axes of its own where that is possible.</summary>
    private static Activation Whole(NodeImport node, Activation value) =>
        value.Axes.Parts.IsEmpty ? node.Layout.Solid(value) : node.Layout.InOnnxOrder(value);

    /// <summary>The same value under more dimensions, of one in front.</summary>
    private static Activation Ranked(Activation value, int rank) =>
        value with
        {
            Axes = new([.. Enumerable.Repeat("", rank - value.Axes.Rank), .. value.Axes.Terms]),
        };

    /// <summary>The follower with its dimensions running over the axes of the leader's; null where its elements lie in another
    /// order.</summary>
    public static Activation? Aligned(NodeImport node, Activation leader, Activation follower)
    {
        RequireBroadcast(node, leader, follower.Dims, follower);
        if (Target(leader.Axes, follower.Dims, follower.Axes) is not { } terms)
            return null;
        var target = new AxisOrder(terms);
        if (target == follower.Axes)
            return follower;
        if (!follower.Axes.IsStored || !target.IsStored)
            return null;
        var shape = new TensorShape(1, 1, 1);
        foreach (var (axis, extent) in Extents(terms, follower.Dims, leader.Type.Shape))
            shape = With(shape, axis, extent);
        return node.Reshape(follower, shape, target);
    }

    /// <summary>A value of one dimension of several elements, in stored order, with these as its channels.</summary>
    private static Activation? AsVector(NodeImport node, Activation value) =>
        value.Axes.IsStored && value.Axes.Terms.Count(t => t.Length > 0) == 1
            ? node.Reshape(
                value,
                TensorShape.Vector(value.Type.Shape.Elements),
                new([.. value.Axes.Terms.Select(t => t.Length > 0 ? "C" : "")])
            )
            : null;

    private static void RequireBroadcast(NodeImport node, Activation leader, ImmutableArray<int> dims, ImportedValue other)
    {
        if (leader.Dims.Zip(dims).Any(d => d.First != d.Second && d.First != 1 && d.Second != 1))
            throw node.BadDims(other, $"the other operand has [{string.Join(", ", leader.Dims)}]; each dimension must be equal or 1.");
    }

    /// <summary>
    /// The axes for a second operand's dimensions of several elements: the leader's, and where that has one element its own, or one that is
    /// free; null where none is left.
    /// </summary>
    private static ImmutableArray<string>? Target(AxisOrder leader, ImmutableArray<int> dims, AxisOrder own)
    {
        if (dims.IsEmpty)
            return [];
        var terms = new string[dims.Length];
        var taken = leader.Sequence;
        var last = leader.Terms[^1] == "C" || own.Terms[^1] == "C";
        var usual = dims.Length switch
        {
            4 => last ? "-HWC" : "-CHW",
            3 => last ? "-HC" : "-CH",
            2 => "-C",
            _ => new string('-', dims.Length - 1) + "C",
        };
        for (var i = 0; i < dims.Length; i++)
        {
            terms[i] = dims[i] == 1 ? "" : leader.Terms[i];
            if (dims[i] == 1 || terms[i].Length > 0)
                continue;
            var free =
                own.Terms[i].Length == 1 && !taken.Contains(own.Terms[i][0])
                    ? own.Terms[i][0]
                    : $"{usual[i]}WHC".FirstOrDefault(l => l != '-' && !taken.Contains(l));
            if (free == default)
                return null;
            terms[i] = free.ToString();
            taken += free;
        }

        return [.. terms];
    }

    /// <summary>A constant with an element for each of an activation, in stored order.</summary>
    private static Constant Spread(Activation value, ImmutableArray<int> dims, Constant constant)
    {
        var places = FoldArithmetic.Places(dims, value.Dims);
        var numbers = constant.IsQuantized ? constant.Dequantized() : constant;
        var (source, target) = (numbers.Reals(), new float[value.Type.Shape.Elements]);
        ImmutableArray<MoveLoop> loops = [.. value.Axes.Loops(value.Axes.Sequence, value.Type.Shape)];
        for (var i = 0; i < target.Length; i++)
        {
            var (to, rest) = (0, i);
            for (var l = loops.Length - 1; l >= 0; rest /= loops[l].Count, l--)
                to += rest % loops[l].Count * loops[l].Stride;
            target[to] = source[places[i]];
        }

        return numbers with
        {
            Shape = [value.Type.Shape.Height, value.Type.Shape.Width, value.Type.Shape.Channels],
            Data = MemoryMarshal.AsBytes(target.AsSpan()).ToArray(),
        };
    }

    /// <summary>The axes of several elements and how many, outermost first.</summary>
    private static List<(char Axis, int Extent)> Extents(ImmutableArray<string> terms, ImmutableArray<int> dims, TensorShape leader) =>
        [.. terms.SelectMany((t, i) => t.Select(axis => (axis, t.Length == 1 ? dims[i] : new AxisOrder(terms).Extent(axis, leader))))];

    public static TensorShape With(TensorShape shape, char axis, int extent) =>
        axis switch
        {
            'H' => shape with { Height = extent },
            'W' => shape with { Width = extent },
            _ => shape with { Channels = extent },
        };

    /// <summary>A constant as [H, W, C]: int8 where it is quantised as a whole, else the float32 that it stands for.</summary>
    private static ConstantTensor Tensor(NodeImport node, Constant constant, List<(char Axis, int Extent)> extents, bool isLimited)
    {
        var isInteger = constant.IsQuantized && constant.Scales.Length == 1 && constant.Type is OnnxType.Int8 or OnnxType.UInt8;
        var values = isInteger ? constant : constant.Dequantized();
        var order = "HWC".Select(a => extents.FindIndex(e => e.Axis == a)).Where(i => i >= 0).ToImmutableArray();
        var ordered = (values with { Shape = [.. extents.Select(e => e.Extent)], Axis = 0 }).Permuted(order);
        ImmutableArray<int> dims = [.. "HWC".Select(a => extents.Find(e => e.Axis == a) is { Extent: > 0 and var n } ? n : 1)];
        if (!isInteger)
        {
            if (isLimited && ordered.Reals().Any(float.IsNaN))
                throw node.Unsupported("constant", float.NaN, "It must be a number.");
            var finite = ordered.Reals().Select(v => isLimited ? Math.Clamp(v, float.MinValue, float.MaxValue) : v).ToArray();
            return new(dims, ElementType.Float32, [.. MemoryMarshal.AsBytes(finite.AsSpan())], [1], [0]);
        }

        var offset = constant.Type == OnnxType.UInt8 ? 128 : 0;
        return new(
            dims,
            ElementType.Int8,
            [.. ordered.Data.ToArray().Select(b => (byte)(b ^ offset))],
            constant.Scales,
            [constant.ZeroPoints[0] - offset]
        );
    }
}
