using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Convolution of each channel on its own: Conv with group = C_in. Output channel c reads input channel c / multiplier.
/// </summary>
public sealed partial record DepthwiseConv2D : Operator, ILinear, IClamped, IWindowed
{
    /// <summary>[kernel height, kernel width, C_out], int8 with one scale or one per output channel.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>[C_out] int32 with scale (input scale x weight scale), or null.</summary>
    public ConstantTensor? Bias { get; init; }

    public required Window Window { get; init; }

    /// <summary>Fused activation.</summary>
    public Clamp Clamp { get; init; } = Clamp.None;

    public int ChannelOf(int weight) => weight % Weights.Dims[2];

    public Operator WithConstants(ConstantTensor weights, ConstantTensor? bias) => this with { Weights = weights, Bias = bias };

    public Operator WithClamp(Clamp clamp) => this with { Clamp = clamp };

    public override string Kind => "DepthwiseConv2D";

    public override OperandRule Operands => new(1, TypeRule.OneKind);

    public override TensorShape InferShape(ImmutableArray<TensorShape> inputs) =>
        new(Window.OutputHeight(inputs[0].Height), Window.OutputWidth(inputs[0].Width), Weights.Dims[2]);

    public override long Macs(NodeTypes types) => (long)types.Output.Shape.Elements * Window.Taps;

    public override RowDependency Rows(NodeTypes types) => new WindowRows(Window, types.Input.Shape.Height, types.Output.Shape.Height);

    public override ColumnSlice? Slice(NodeTypes types, ColumnRange output) =>
        ColumnSlice.Windowed(Window, types, output, w => this with { Window = w });
}
