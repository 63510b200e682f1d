using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Integers in steps of one, or real numbers without their fraction, as int32: the numbers that ONNX has as int64, where the
/// application reads them.</summary>
public sealed partial record Widen : PixelwiseOperator
{
    public override string Kind => "Widen";

    public override OperandRule Operands => new(1, TypeRule.RealResult);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { Joinable = true };
}
