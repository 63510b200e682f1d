using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Sum, mean, product, least or largest over all rows, columns or channels, or any of these together. Rows are accumulated one by one.
/// <see cref="Mean"/>
/// computes means of rows and columns.
/// </summary>
public sealed partial record Reduce : Operator, IClamped
{
    public required ReduceFunction Function { get; init; }

    public bool OverHeight { get; init; }

    public bool OverWidth { get; init; }

    public bool OverChannels { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => $"Reduce{Function}";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(OverHeight ? 1 : inputs[0].Height, OverWidth ? 1 : inputs[0].Width, OverChannels ? 1 : inputs[0].Channels);

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        OverHeight ? new AccumulatedRows(types.Input.Shape.Height) : new SameRows(types.Input.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => OverWidth ? null : ColumnSlice.Same(this, types, output);
}
