using System;
using System.Collections.Frozen;
using System.Collections.Immutable;
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
/// <param name="Lower">The kernel that computes a step of a layer, with its constants packed and its memory needs.</param>
/// <param name="Outline">
/// What <paramref name="Lower"/> will give, from shapes alone; weights may have dimensions without data then. Two facts about values are taken
/// for granted, because quantised networks have them: the accumulators of a layer stay within 24 bits where the fastest kernel needs that (always,
/// while a row of weights has at most 515 taps), and sums have exact integer multipliers. Where one does not hold, another kernel is chosen and the
/// real figures differ.
/// </param>
public sealed record OperatorRow(
    Type Type, ValueUse Use, Func<Operator, NodeTypes, KernelTarget, KernelCall> Lower, Func<Operator, NodeTypes, KernelTarget, KernelCall> Outline);

/// <summary>Every operator of the network. A new operator is one row.</summary>
public static class OperatorTable
{
    public static readonly ImmutableArray<OperatorRow> Rows =
    [
        Row<Add>(ValueUse.Computes, (op, types, target) => op.Lower(types, target), (op, types, target) => op.Outline(types, target)),
        Row<AveragePool>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<Concat>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<Conv2D>(ValueUse.Computes, (op, types, target) => op.Lower(types, target), (op, types, target) => op.Outline(types, target)),
        Row<Dense>(ValueUse.Computes, (op, types, target) => op.Lower(types, target), (op, types, target) => op.Outline(types, target)),
        Row<DepthwiseConv2D>(ValueUse.Computes, (op, types, target) => op.Lower(types, target), (op, types, target) => op.Outline(types, target)),
        Row<JoinColumns>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<LogSoftmax>(ValueUse.ComputesReals, (op, types, target) => op.Lower(types, target)),
        Row<Lookup>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<MaxPool>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<Mean>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<Mul>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<Redelivery>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<Requantize>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
        Row<Reshape>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<ResizeNearest>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<SliceColumns>(ValueUse.Moves, (op, types, target) => op.Lower(types, target)),
        Row<Softmax>(ValueUse.Computes, (op, types, target) => op.Lower(types, target)),
    ];

    private static readonly FrozenDictionary<Type, OperatorRow> ByType = Rows.ToFrozenDictionary(r => r.Type);

    public static ValueUse UseOf(Operator op) => ByType[op.GetType()].Use;

    /// <summary>See <see cref="OperatorRow.Lower"/>.</summary>
    public static KernelCall Lower(Operator op, NodeTypes types, KernelTarget target) => ByType[op.GetType()].Lower(op, types, target);

    /// <summary>See <see cref="OperatorRow.Outline"/>.</summary>
    public static KernelCall Outline(Operator op, NodeTypes types, KernelTarget target) => ByType[op.GetType()].Outline(op, types, target);

    /// <param name="outline">Null where lowering looks at no constants.</param>
    private static OperatorRow Row<T>(ValueUse use, Func<T, NodeTypes, KernelTarget, KernelCall> lower, Func<T, NodeTypes, KernelTarget, KernelCall>? outline = null)
        where T : Operator => new(
            typeof(T), use, (op, types, target) => lower((T)op, types, target),
            (op, types, target) => outline?.Invoke((T)op, types, target) ?? lower((T)op, types, target));
}
