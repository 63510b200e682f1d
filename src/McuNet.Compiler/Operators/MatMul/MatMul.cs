using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Products of matrices, both activations: result element (row, column, channel) is the sum over <see cref="Inner"/> terms of an element of
/// the first times one of the second, each found by its <see cref="MatrixSteps"/>. A batch of matrices, the heads of an attention, is a
/// column or a row of the result.
///
///   queries [T, heads, D] by keys [T, heads, D]: result [T, heads, T], first (heads * D, D, 0, 1), second (0, D, heads * D, 1), inner D
/// </summary>
/// <remarks>Invariant: every element that the steps reach is in its operand, and no sum leaves 32 bits.</remarks>
public sealed partial record MatMul : Operator, IClamped
{
    /// <summary>The most terms of a sum, each within 255 x 255.</summary>
    public const int MostTerms = int.MaxValue / (255 * 255);

    public required TensorShape Shape { get; init; }

    public required int Inner { get; init; }

    public required MatrixSteps First { get; init; }

    public required MatrixSteps Second { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "MatMul";

    public override OperandRule Operands => new(2, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => Shape;

    public override long Macs(NodeTypes types) => (long)Shape.Elements * Inner;

    public override RowDependency Rows(NodeTypes types) =>
        new OperandRows(
            Shape.Height,
            [types.Inputs[0].Shape.Height, types.Inputs[1].Shape.Height],
            [Follows(First, types.Inputs[0].Shape), Follows(Second, types.Inputs[1].Shape)]
        );

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;

    /// <summary>Whether a row of the result reads the row of the operand that has its number, and no other.</summary>
    private bool Follows(MatrixSteps steps, TensorShape operand) =>
        operand.Height == Shape.Height
        && steps.Row == operand.RowElements
        && Math.Max(0, Shape.Width - 1) * steps.Column + (Shape.Channels - 1) * steps.Channel + (Inner - 1) * steps.Inner
            < operand.RowElements;
}
