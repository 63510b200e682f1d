using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>What stands one behind the other.</summary>
public enum ConcatAxis
{
    Channels,
    Columns,
    Rows,

    /// <summary>All elements of each tensor in stored order.</summary>
    Elements,
}

/// <summary>
/// Any number of tensors one behind the other along an axis, of which they may have different numbers and all else alike. They may have
/// different scales.
/// </summary>
public sealed partial record Concat : Operator, IClamped
{
    public ConcatAxis Axis { get; init; }

    /// <summary>Of the result, where elements are joined.</summary>
    public TensorShape Shape { get; init; }

    /// <summary>The rows that are taken of each input, where rows are joined; of all of them where it is empty.</summary>
    public ImmutableArray<RowRange> Ranges { get; init; } = [];

    /// <summary>Whether integers are joined as they are stored, whatever they stand for.</summary>
    public bool IsStored { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Concat";

    public override OperandRule Operands => new(0, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        Axis switch
        {
            ConcatAxis.Channels => inputs[0] with { Channels = inputs.Sum(i => i.Channels) },
            ConcatAxis.Columns => inputs[0] with { Width = inputs.Sum(i => i.Width) },
            ConcatAxis.Rows => inputs[0] with { Height = Taken(inputs).Sum(r => r.Count) },
            _ => Shape,
        };

    public override long Macs(NodeTypes types) => 0;

    public override RowDependency Rows(NodeTypes types) =>
        Axis switch
        {
            ConcatAxis.Channels => new SameRows(types.Output.Shape.Height) { Joinable = true },
            ConcatAxis.Columns => new SameRows(types.Output.Shape.Height),
            ConcatAxis.Rows => new StackedRows(Taken([.. types.Inputs.Select(t => t.Shape)])) { InPlace = true },
            _ => new AllRowsOfEach([.. types.Inputs.Select(t => t.Shape.Height)], types.Output.Shape.Height),
        };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        Axis is ConcatAxis.Channels or ConcatAxis.Rows ? ColumnSlice.Same(this, types, output) : null;

    private ImmutableArray<RowRange> Taken(ImmutableArray<TensorShape> inputs) =>
        Ranges.IsEmpty ? [.. inputs.Select(i => new RowRange(0, i.Height))] : Ranges;

    /// <summary>Whether bytes of an operand are those of the result.</summary>
    public bool Copies(NodeTypes types, int input) =>
        IsStored
        || (
            types.Inputs[input] with { Shape = types.Output.Shape } == types.Output
            && (types.Output.IsQuantized ? Clamp.Quantized(types.Output) == Clamp.None.Quantized(types.Output) : Clamp == Clamp.None)
        );
}
