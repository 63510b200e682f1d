using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Mean over all rows, all columns, or both: ReduceMean and global average pooling. Rows are accumulated one by one.
/// </summary>
public sealed partial record Mean : Operator, IClamped
{
    public required bool OverHeight { get; init; }

    public required bool OverWidth { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Mean";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(OverHeight ? 1 : inputs[0].Height, OverWidth ? 1 : inputs[0].Width, inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        OverHeight ? new AccumulatedRows(types.Input.Shape.Height) : new SameRows(types.Input.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => OverWidth ? null : ColumnSlice.Same(this, types, output);
}
