using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Limits values to a range, in one type: Relu and Clip.
/// </summary>
public sealed partial record Clip : Operator, IClamped
{
    public required Clamp Clamp { get; init; }

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Clip";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true, Joinable = true };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
