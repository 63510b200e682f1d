using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Values less their mean, over their standard deviation, times a gain and plus an offset: over the channels of each pixel
/// (LayerNormalization), or over all pixels of a run of channels (InstanceNormalization, where each channel is one, and
/// GroupNormalization).
/// </summary>
public sealed partial record Normalization : Operator, IClamped
{
    /// <summary>Whether values of all pixels have one mean.</summary>
    public required bool OverPixels { get; init; }

    /// <summary>Runs of channels with a mean each; one unless <see cref="OverPixels"/>.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>float32, [1, 1, C] or [H, W, C].</summary>
    public required ConstantTensor Gain { get; init; }

    /// <summary>Of the dimensions of <see cref="Gain"/>.</summary>
    public required ConstantTensor Offset { get; init; }

    /// <summary>Added to the variance.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Normalization";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) => inputs[0];

    public override long Macs(NodeTypes types) => 2L * types.Output.Shape.Elements;

    public override RowDependency Rows(NodeTypes types)
    {
        var height = types.Output.Shape.Height;
        return OverPixels ? new AllRows(height, height) : new SameRows(height) { InPlace = true, Joinable = true };
    }

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) => OverPixels ? null : ColumnSlice.Same(this, types, output);

    /// <summary>Values that have one mean.</summary>
    private int Count(TensorShape shape) => OverPixels ? shape.Elements / Groups : shape.Channels;
}
