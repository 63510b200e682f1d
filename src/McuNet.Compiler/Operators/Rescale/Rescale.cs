using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Element-wise change of scale, zero point or signedness between quantised types, with a fused activation.
/// </summary>
public sealed partial record Rescale : PixelwiseOperator, IClamped
{
    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Rescale";

    public override OperandRule Operands => new(1, TypeRule.IntegerToInteger);

    public override RowDependency Rows(NodeTypes types) =>
        new SameRows(types.Output.Shape.Height) { InPlace = types.Input.Element.Size() == types.Output.Element.Size(), Joinable = true };
}
