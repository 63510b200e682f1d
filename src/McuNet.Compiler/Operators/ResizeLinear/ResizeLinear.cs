using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Linear resize of rows and columns: each output lies between two rows and two columns of the input.</summary>
public sealed partial record ResizeLinear : Operator, IClamped
{
    public required LinearTaps RowTaps { get; init; }

    public required LinearTaps ColumnTaps { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "ResizeLinear";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(RowTaps.Count, ColumnTaps.Count, inputs[0].Channels);

    public override long Macs(NodeTypes types) => 4L * types.Output.Shape.Elements;

    public override RowDependency Rows(NodeTypes types) => new BetweenRows(RowTaps);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var reads = new ColumnRange(ColumnTaps.First[output.Begin], Enumerable.Range(output.Begin, output.Count).Max(ColumnTaps.End));
        return new(this with { ColumnTaps = ColumnTaps.Part(output.Begin, output.End, reads.Begin) }, [reads]);
    }

    /// <summary>Output row y comes from one input row or two.</summary>
    private sealed record BetweenRows(LinearTaps Taps) : RowDependency(Taps.Count)
    {
        public override RowIndex RowOf(int input) => new FirstRow();

        public override RowRange Reads(int input, int step) => new(Taps.First[step], Taps.End(step));

        public override RowRange Writes(int step) => new(step, step + 1);
    }
}
