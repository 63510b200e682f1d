using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The second operand where the first is not zero, else the third: each has the result's size, or one row, one column, one channel, which
/// is read again.
/// </summary>
public sealed partial record Where : Operator
{
    public override string Kind => "Where";

    public override OperandRule Operands => new(3, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(inputs.Max(s => s.Height), inputs.Max(s => s.Width), inputs.Max(s => s.Channels));

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        OperandRows.Of(types) with
        {
            InPlace = true,
            Joinable = types.Inputs.All(t => t.Shape == types.Output.Shape || t.Shape is { Height: 1, Width: 1 }),
        };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        new(this, [.. types.Inputs.Select(t => t.Shape.Width == types.Output.Shape.Width ? output : new ColumnRange(0, 1))]);

    /// <summary>Whether an operand is copied as it is.</summary>
    public static bool Copies(NodeTypes types, int input) => types.Inputs[input] with { Shape = types.Output.Shape } == types.Output;
}
