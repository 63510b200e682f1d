using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Rows of a table by numbers that are computed: an embedding. Inputs: a table [N, 1, C] unless it is constant, and numbers [K, 1, 1];
/// output [K, 1, C]. A negative number counts from the end; beyond both ends the nearest row counts, and the first of what is no number.
/// </summary>
public sealed partial record Gather : Operator
{
    /// <summary>[N, C], as the result stores them; empty where the table is an input.</summary>
    public ImmutableArray<byte> Table { get; init; } = [];

    /// <summary>Rows of the table.</summary>
    public required int Count { get; init; }

    /// <summary>Elements of a row.</summary>
    public required int Width { get; init; }

    public bool IsConstant => !Table.IsEmpty;

    public override string Kind => "Gather";

    public override OperandRule Operands => new(IsConstant ? 1 : 2, TypeRule.RealPlaces);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(inputs[^1].Height, 1, Width);

    public override long Macs(NodeTypes types) => 0;

    /// <summary>Any row of a table may be needed first, and one number for each row of the result.</summary>
    public override RowDependency Rows(NodeTypes types) =>
        IsConstant
            ? new SameRows(types.Output.Shape.Height)
            : new OperandRows(types.Output.Shape.Height, [Count, types.Output.Shape.Height], [false, true]);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => null;

    /// <summary>The row of a table that a number stands for.</summary>
    private int Row(float number)
    {
        var at = number < 0 ? number + Count : number;
        return at >= 0
            ? at < Count
                ? (int)at
                : Count - 1
            : 0;
    }
}
