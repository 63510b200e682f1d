using System;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

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
public sealed record OperatorRow(Type Type, ValueUse Use);

/// <summary>Every operator of the network. A new operator is one row.</summary>
public static class OperatorTable
{
    public static readonly ImmutableArray<OperatorRow> Rows =
    [
        new(typeof(Add), ValueUse.Computes),
        new(typeof(AveragePool), ValueUse.Computes),
        new(typeof(Concat), ValueUse.Computes),
        new(typeof(Conv2D), ValueUse.Computes),
        new(typeof(Dense), ValueUse.Computes),
        new(typeof(DepthwiseConv2D), ValueUse.Computes),
        new(typeof(JoinColumns), ValueUse.Moves),
        new(typeof(LogSoftmax), ValueUse.ComputesReals),
        new(typeof(Lookup), ValueUse.Computes),
        new(typeof(MaxPool), ValueUse.Moves),
        new(typeof(Mean), ValueUse.Computes),
        new(typeof(Mul), ValueUse.Computes),
        new(typeof(Redelivery), ValueUse.Moves),
        new(typeof(Requantize), ValueUse.Computes),
        new(typeof(Reshape), ValueUse.Moves),
        new(typeof(ResizeNearest), ValueUse.Moves),
        new(typeof(SliceColumns), ValueUse.Moves),
        new(typeof(Softmax), ValueUse.Computes),
    ];

    private static readonly FrozenDictionary<Type, ValueUse> Uses = Rows.ToFrozenDictionary(r => r.Type, r => r.Use);

    public static ValueUse UseOf(Operator op) => Uses[op.GetType()];
}
