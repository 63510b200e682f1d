using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Nearest-neighbour resize: output row y is input row <see cref="RowSource"/>[y], and so for columns.
/// </summary>
public sealed partial record ResizeNearest : Operator
{
    public required ImmutableArray<int> RowSource { get; init; }

    public required ImmutableArray<int> ColumnSource { get; init; }

    public override string Kind => "ResizeNearest";

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(RowSource.Length, ColumnSource.Length, inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new MappedRows(RowSource);
}
