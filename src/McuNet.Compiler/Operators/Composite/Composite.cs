using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>One operator of a <see cref="Composite"/>, element by element.</summary>
/// <param name="Inputs">0 is the operand of the whole, n the result of step n - 1; none for a constant.</param>
/// <param name="Type">Of its result; the shape counts for nothing.</param>
public sealed record CompositeStep(Operator Operator, ImmutableArray<int> Inputs, TensorType Type)
{
    public bool Equals(CompositeStep? other) =>
        other is not null && Operator.Equals(other.Operator) && Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan()) && Type == other.Type;

    public override int GetHashCode() => HashCode.Combine(Operator, Inputs.Length, Type);
}

/// <summary>
/// Several functions of each element of one tensor, x times its sigmoid say, as a table of all 256 results: what the steps give one after
/// the other, roundings between them included.
/// </summary>
public sealed partial record Composite : PixelwiseOperator
{
    /// <summary>In order; the last gives the result.</summary>
    public required ImmutableArray<CompositeStep> Steps { get; init; }

    public override string Kind =>
        string.Join("+", Steps.Select(s => s.Operator).Where(o => o is not (Known or Quantize or Dequantize)).Select(o => o.Kind));

    public override OperandRule Operands => new(1, TypeRule.IntegerToInteger);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true, Joinable = true };

    public bool Equals(Composite? other) => other is not null && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    public override int GetHashCode() => Steps.Aggregate(0, HashCode.Combine);
}
