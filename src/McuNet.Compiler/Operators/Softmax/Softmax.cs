using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Softmax over the channels of each pixel, int8, uint8 or float32 to the same.
/// </summary>
public sealed partial record Softmax : PixelwiseOperator
{
    public override string Kind => "Softmax";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height);
}
