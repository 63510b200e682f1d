using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Limits values to a range, in one type: Relu and Clip.
/// </summary>
public sealed partial record Clip : PixelwiseOperator, IClamped
{
    public required Clamp Clamp { get; init; }

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Clip";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true, Joinable = true };
}
