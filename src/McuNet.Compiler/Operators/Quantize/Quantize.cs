using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Real numbers to integers in steps of a scale: QuantizeLinear.
/// </summary>
public sealed partial record Quantize : PixelwiseOperator, IClamped
{
    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    /// <summary>Whether its operand is integers that the result holds in steps of one, so that nothing is lost.</summary>
    public bool IsWhole { get; init; }

    public override string Kind => "Quantize";

    public override OperandRule Operands => new(1, TypeRule.RealToInteger);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { Joinable = true };
}
