using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Element-wise sum of two tensors of the same shape.
/// </summary>
public sealed partial record Add : Operator, IClamped
{
    public AddRounding Rounding { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Add";

    public override OperandRule Operands => new(2, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true, Joinable = true };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
