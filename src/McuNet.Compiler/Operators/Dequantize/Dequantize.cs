using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The real numbers that integers stand for: DequantizeLinear.
/// </summary>
public sealed partial record Dequantize : PixelwiseOperator
{
    public override string Kind => "Dequantize";

    public override OperandRule Operands => new(1, TypeRule.IntegerToReal);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { Joinable = true };
}
