using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The same elements in the same HWC order under another shape. Runs as a copy where rows change.
/// </summary>
public sealed partial record Reshape : Operator
{
    public required TensorShape Shape { get; init; }

    public override string Kind => "Reshape";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => Shape;

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new AllRows(types.Input.Shape.Height, Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;
}
