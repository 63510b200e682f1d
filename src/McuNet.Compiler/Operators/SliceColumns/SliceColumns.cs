using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// The columns <see cref="Columns"/> of every row: what a band of a network reads of a wider tensor.
/// </summary>
public sealed partial record SliceColumns : Operator
{
    public required ColumnRange Columns { get; init; }

    public override string Kind => "SliceColumns";

    public override OperandRule Operands => new(1, TypeRule.Kept);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0] with { Width = Columns.Count };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) => new SameRows(types.Output.Shape.Height) { InPlace = true };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        new(this with { Columns = new(0, output.Count) }, [new(Columns.Begin + output.Begin, Columns.Begin + output.End)]);
}
