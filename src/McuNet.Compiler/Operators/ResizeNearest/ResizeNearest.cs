using System.Collections.Immutable;
using System.Linq;
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

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(RowSource.Length, ColumnSource.Length, inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new MappedRows(RowSource);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var sources = ColumnSource[output.Begin..output.End];
        var reads = new ColumnRange(sources.Min(), sources.Max() + 1);
        return new(this with { ColumnSource = [.. sources.Select(x => x - reads.Begin)] }, [reads]);
    }
}
