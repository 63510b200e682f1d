using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>The number of the channel with the largest value of each pixel, or the least: ArgMax and ArgMin.</summary>
public sealed partial record ArgExtreme : Operator
{
    public bool IsLeast { get; init; }

    /// <summary>Whether the last of equal values counts, rather than the first.</summary>
    public bool TakesLast { get; init; }

    public override string Kind => IsLeast ? "ArgMin" : "ArgMax";

    public override OperandRule Operands => new(1, TypeRule.OneKindOrRealResult);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Channels = 1 };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        new SameRows(types.Output.Shape.Height) { InPlace = types.Input.Element == types.Output.Element };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => ColumnSlice.Same(this, types, output);
}
