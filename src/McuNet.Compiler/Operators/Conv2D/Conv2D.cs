using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Convolution over a window: Conv and QLinearConv. An output channel reads all input channels, or those of its group.
/// </summary>
public sealed partial record Conv2D : Operator, ILinear, IClamped, IWindowed
{
    /// <summary>[C_out, kernel height, kernel width, C_in / groups], int8 with one scale or one per output channel.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>[C_out] int32 with scale (input scale x weight scale), or null.</summary>
    public ConstantTensor? Bias { get; init; }

    public required Window Window { get; init; }

    /// <summary>
    /// Runs of as many input channels each, which as many output channels each read. Invariant: more than one, and less than the input
    /// channels, or one.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public int ChannelOf(int weight) => weight / (Weights.Count / Weights.Dims[0]);

    public Operator WithConstants(ConstantTensor weights, ConstantTensor? bias) => this with { Weights = weights, Bias = bias };

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "Conv2D";

    public override OperandRule Operands => new(1, TypeRule.OneKindOrRealResult);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width), Weights.Dims[0]);

    public override long Macs(NodeTypes types) => (long)types.Output.Shape.Elements * Window.Taps * types.Input.Shape.Channels / Groups;

    public override RowDependency Rows(NodeTypes types) =>
        new WindowRows(Window, types.Input.Shape.Height, types.Output.Shape.Height)
        {
            Joinable = Groups == 1 && Window is { IsPointwise: true, HasPadding: false, StrideHeight: 1, StrideWidth: 1 },
        };

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        ColumnSlice.Windowed(Window, types, output, w => this with { Window = w });
}
