using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The columns of any number of tensors of one height, depth and quantisation, from left to right: puts the bands of a network together.
/// </summary>
public sealed partial record JoinColumns : Operator
{
    public override string Kind => "JoinColumns";

    public override OperandRule Operands => new(0, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Width = inputs.Sum(i => i.Width) };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;
}
