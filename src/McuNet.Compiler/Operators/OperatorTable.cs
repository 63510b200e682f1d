using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>How an operator treats the values it is given; passes decide by this, not by the operator's name.</summary>
public enum ValueUse
{
    /// <summary>Calculates with real values: operands and result may have different scales.</summary>
    Computes,

    /// <summary>Copies or compares: the same on integers as on the real values they stand for, in the scale of its input.</summary>
    Moves,

    /// <summary>Takes integers but gives real values.</summary>
    ComputesReals,
}

/// <summary>One kind of operator.</summary>
/// <param name="Kernels">What computes it, in the order of preference among equally cheap ones; none where the application does.</param>
/// <param name="Computes">Whether a kernel that any core has computes it between such tensors.</param>
/// <param name="Lower">The kernel that computes a step of a layer, with its constants packed and its memory needs.</param>
/// <param name="Outline">
/// What <paramref name="Lower"/> will give, from shapes alone; weights may have dimensions without data then. Two facts about values are
/// taken for granted, because quantised networks have them: the accumulators of a layer stay within 24 bits where the fastest kernel needs
/// that (always, while a row of weights has at most 515 taps), and sums have exact integer multipliers. Where one does not hold, another
/// kernel is chosen and the real figures differ.
/// </param>
/// <param name="Candidates">Every kernel beside a layer, and what keeps it from computing it.</param>
public sealed record OperatorRow(
    Type Type,
    ValueUse Use,
    ImmutableArray<Kernel> Kernels,
    Func<Operator, NodeTypes, bool> Computes,
    Func<Operator, NodeTypes, KernelTarget, KernelCall> Lower,
    Func<Operator, NodeTypes, KernelTarget, KernelCall> Outline,
    Func<Operator, NodeTypes, KernelTarget, ImmutableArray<KernelCandidate>> Candidates
);

/// <summary>Every operator of the network. A new operator is one row.</summary>
public static class OperatorTable
{
    public static readonly ImmutableArray<OperatorRow> Rows =
    [
        Row<Add, AddLayer>(ValueUse.Computes, Add.Kernels, (op, types) => new(op, types)),
        Row(ValueUse.Computes, ArgExtreme.Kernels),
        Row(ValueUse.Computes, AveragePool.Kernels),
        Row(ValueUse.Computes, Clip.Kernels),
        Row(ValueUse.Computes, Composite.Kernels),
        Row(ValueUse.Computes, Concat.Kernels),
        Row(LinearKind.Convolution, (op, types) => op.Layer(types), (op, types) => op.Shape(types), Conv2D.WiderKernels),
        Row(ValueUse.Computes, ConvTranspose.Kernels),
        Row(LinearKind.Dense, (op, types) => op.Layer(types), (op, types) => op.Shape(types), Dense.WiderKernels),
        Row(LinearKind.Depthwise, (op, types) => op.Layer(types), (op, types) => op.Shape(types), DepthwiseConv2D.WiderKernels),
        Row(ValueUse.ComputesReals, Dequantize.Kernels),
        Row(ValueUse.Computes, Elementwise.Kernels),
        Row(ValueUse.Computes, Gather.Kernels),
        Row(ValueUse.Computes, GridSample.Kernels),
        Row(ValueUse.Computes, Known.Kernels),
        Row(ValueUse.ComputesReals, LogSoftmax.Kernels),
        Row(ValueUse.Computes, Lookup.Kernels),
        Row(ValueUse.Computes, MatMul.Kernels),
        Row(ValueUse.Moves, MaxPool.Kernels),
        Row(ValueUse.Computes, Mean.Kernels),
        Row(ValueUse.Computes, Mul.Kernels),
        Row(ValueUse.Computes, Narrow.Kernels),
        Row(ValueUse.Computes, Normalization.Kernels),
        Row(ValueUse.Moves, Pad.Kernels),
        Row(ValueUse.Moves, Permute.Kernels),
        Row(ValueUse.Computes, Quantize.Kernels),
        Row(ValueUse.Computes, Recurrent.Kernels),
        new(
            typeof(Redelivery),
            ValueUse.Moves,
            [],
            (_, _) => true,
            (_, _, _) => KernelCall.Delivery,
            (_, _, _) => KernelCall.Delivery,
            (_, _, _) => []
        ),
        Row(ValueUse.Computes, Reduce.Kernels),
        Row(ValueUse.Computes, Resample.Kernels),
        Row(ValueUse.Computes, Rescale.Kernels),
        Row(ValueUse.Moves, Reshape.Kernels),
        Row(ValueUse.Computes, ResizeLinear.Kernels),
        Row(ValueUse.Moves, SelectChannels.Kernels),
        Row(ValueUse.Moves, SelectPixels.Kernels),
        Row(ValueUse.Computes, Softmax.Kernels),
        Row(ValueUse.Computes, TopIndices.Kernels),
        Row(ValueUse.Moves, TopK.Kernels),
        Row(ValueUse.Computes, Where.Kernels),
        Row(ValueUse.ComputesReals, Widen.Kernels),
    ];

    private static readonly FrozenDictionary<Type, OperatorRow> ByType = Rows.ToFrozenDictionary(r => r.Type);

    /// <summary>Every kernel of every operator; one that serves several stands once.</summary>
    public static ImmutableArray<Kernel> Kernels { get; } = [.. Rows.SelectMany(r => r.Kernels).DistinctBy(k => (k.Function, k.MostRows))];

    public static ValueUse UseOf(Operator op) => ByType[op.GetType()].Use;

    /// <summary>See <see cref="OperatorRow.Computes"/>.</summary>
    public static bool Computes(Operator op, NodeTypes types) => ByType[op.GetType()].Computes(op, types);

    /// <summary>See <see cref="OperatorRow.Lower"/>.</summary>
    public static KernelCall Lower(Operator op, NodeTypes types, KernelTarget target) => ByType[op.GetType()].Lower(op, types, target);

    /// <summary>See <see cref="OperatorRow.Outline"/>.</summary>
    public static KernelCall Outline(Operator op, NodeTypes types, KernelTarget target) => ByType[op.GetType()].Outline(op, types, target);

    /// <summary>See <see cref="OperatorRow.Candidates"/>.</summary>
    public static ImmutableArray<KernelCandidate> Candidates(Operator op, NodeTypes types, KernelTarget target) =>
        ByType[op.GetType()].Candidates(op, types, target);

    private static OperatorRow Row<T>(ValueUse use, ImmutableArray<OperatorKernel<Layer<T>>> kernels)
        where T : Operator => Row<T, Layer<T>>(use, kernels, (op, types) => new(op, types));

    private static OperatorRow Row<T, TLayer>(
        ValueUse use,
        ImmutableArray<OperatorKernel<TLayer>> kernels,
        Func<T, NodeTypes, TLayer> layer
    )
        where T : Operator
        where TLayer : ILayer =>
        new(
            typeof(T),
            use,
            [.. kernels],
            (op, types) => KernelTable.Has(kernels, layer((T)op, types)),
            (op, types, target) => KernelTable.Lower(kernels, layer((T)op, types), target),
            (op, types, target) => KernelTable.Outline(kernels, layer((T)op, types), target),
            (op, types, target) => KernelCandidates.Of(kernels, layer((T)op, types), target, op.Rows(types).Steps)
        );

    /// <param name="others">What computes real numbers and int16; between bytes there are the kernels of linear layers.</param>
    private static OperatorRow Row<T>(
        LinearKind kind,
        Func<T, NodeTypes, LinearLayer> layer,
        Func<T, NodeTypes, LinearShape> shape,
        ImmutableArray<OperatorKernel<Layer<T>>> others
    )
        where T : Operator, ILinear =>
        new(
            typeof(T),
            ValueUse.Computes,
            [.. KernelTable.Of(kind), .. Further(kind), .. others],
            (op, types) => types.AreBytes || KernelTable.Has(others, new((T)op, types)),
            (op, types, target) =>
                types.AreBytes
                    ? KernelTable.Lower(layer((T)op, types), target)
                    : KernelTable.Lower(others, new((T)op, types), target),
            (op, types, target) =>
                types.AreBytes
                    ? KernelTable.Outline(shape((T)op, types), target)
                    : KernelTable.Outline(others, new((T)op, types), target),
            (op, types, target) =>
                types.AreBytes
                    ? KernelCandidates.Of(layer((T)op, types), target, op.Rows(types).Steps)
                    : KernelCandidates.Of(others, new((T)op, types), target, op.Rows(types).Steps)
        );

    /// <summary>Rows of the kernel table beside those of every layer of a kind.</summary>
    private static ImmutableArray<LinearKernel> Further(LinearKind kind) =>
        kind switch
        {
            LinearKind.Depthwise => KernelTable.Blocks,
            LinearKind.Convolution => [.. KernelTable.Grouped.Except(KernelTable.Convolution)],
            _ => [],
        };
}
