using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Rows and columns chosen from the input, in any order and any number of times: pixel (y, x) is pixel (<see cref="RowSource"/>[y], <see
/// cref="ColumnSource"/>[x]).
/// Slices, repetitions, reflections, nearest-neighbour resizes.
/// </summary>
public sealed partial record SelectPixels : Operator
{
    public required ImmutableArray<int> RowSource { get; init; }

    public required ImmutableArray<int> ColumnSource { get; init; }

    /// <summary>Columns [Begin, End) of every row.</summary>
    public static SelectPixels Columns(ColumnRange columns, int height) =>
        new() { RowSource = [.. Enumerable.Range(0, height)], ColumnSource = [.. Enumerable.Range(columns.Begin, columns.Count)] };

    public override string Kind => "SelectPixels";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(RowSource.Length, ColumnSource.Length, inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        RowSource.SequenceEqual(Enumerable.Range(0, types.Input.Shape.Height))
            ? new SameRows(RowSource.Length) { InPlace = IsRange }
            : new MappedRows(RowSource) { InPlace = IsRange && RowSource.Order().SequenceEqual(RowSource) };

    /// <summary>Whether the columns are neighbours from left to right.</summary>
    private bool IsRange => ColumnSource.SequenceEqual(Enumerable.Range(ColumnSource[0], ColumnSource.Length));

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var sources = ColumnSource[output.Begin..output.End];
        var reads = new ColumnRange(sources.Min(), sources.Max() + 1);
        return new(this with { ColumnSource = [.. sources.Select(x => x - reads.Begin)] }, [reads]);
    }
}
