using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The rows of a streamed input once more, asked of the application in another pass over it. The values are those of the input; nothing of
/// it stays in memory for that.
/// </summary>
public sealed partial record Redelivery : Operator
{
    public override string Kind => "Redelivery";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new DeliveredRows(types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;
}
