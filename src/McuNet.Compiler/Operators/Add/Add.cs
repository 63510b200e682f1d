using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Element-wise sum of two tensors of the same shape.
/// </summary>
public sealed partial record Add : PixelwiseOperator, IClamped
{
    public AddRounding Rounding { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Add";

    public override OperandRule Operands => new(2, TypeRule.OneKind);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true, Joinable = true };
}
