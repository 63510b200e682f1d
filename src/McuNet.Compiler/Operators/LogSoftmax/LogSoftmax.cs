using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Logarithm of softmax over the channels of each pixel, of int8, uint8 or float32 to float32.
/// </summary>
public sealed partial record LogSoftmax : PixelwiseOperator
{
    public override string Kind => "LogSoftmax";

    public override OperandRule Operands => new(1, TypeRule.RealResult);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height);
}
