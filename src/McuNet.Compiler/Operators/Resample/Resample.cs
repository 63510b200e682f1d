using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Rows and columns as weighted sums of neighbouring ones: resizing by cubic interpolation. Of real numbers only.</summary>
public sealed partial record Resample : Operator, IClamped
{
    public required SumTaps RowTaps { get; init; }

    public required SumTaps ColumnTaps { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Resample";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => new(RowTaps.Count, ColumnTaps.Count, inputs[0].Channels);

    public override long Macs(NodeTypes types) => (long)RowTaps.Taps * (ColumnTaps.Taps + 1) * types.Output.Shape.Elements;

    public override RowDependency Rows(NodeTypes types) => new NeighbouringRows(RowTaps);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output)
    {
        var reads = new ColumnRange(ColumnTaps.First[output.Begin], ColumnTaps.First[output.End - 1] + ColumnTaps.Taps);
        return new(this with { ColumnTaps = ColumnTaps.Part(output.Begin, output.End, reads.Begin) }, [reads]);
    }

    /// <summary>Output row y comes from as many rows as there are taps.</summary>
    private sealed record NeighbouringRows(SumTaps Taps) : RowDependency(Taps.Count)
    {
        public override RowIndex RowOf(int input) => new FirstRow();

        public override RowRange Reads(int input, int step) => new(Taps.First[step], Taps.First[step] + Taps.Taps);

        public override RowRange Writes(int step) => new(step, step + 1);
    }
}
