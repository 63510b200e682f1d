using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record MaxPool
{
    /// <summary>
    /// Steps of four channels at a time, for each: of an output, of a row of its window, of an input. Then those of a channel by itself,
    /// and of a pixel.
    /// </summary>
    private const double OutputSteps = 2,
        RowSteps = 0.44,
        TapSteps = 0.75,
        LoneOutput = 1.4,
        LoneRow = 1.5,
        LoneTap = 1.12,
        PixelSteps = 12.5;

    internal static ImmutableArray<OperatorKernel<Layer<MaxPool>>> Kernels { get; } =
    [
        Row("mn_max_pool_s8_portable"),
        Row("mn_max_pool_s16_portable"),
        RealKernels.Pool<MaxPool>("mn_max_pool_f32_portable", op => op.Window, _ => Clamp.None, _ => 0, isUnrolled: false),
    ];

    private static OperatorKernel<Layer<MaxPool>> Row(string function) =>
        new()
        {
            Function = function,
            Sources = ["mn_pool.h", "mn_pool_columns.h", $"{function}.c"],
            ParameterType = "mn_pool",
            Parameters = l => PoolParameters.Of(l.Operator.Window, l.Types, l.Input.Element.Range()),
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Cycles = RowCycles,
            AloneShare = l => RealKernels.AlonePool(l.Operator.Window, l.Output.Shape.Channels < 4),
        };

    private static double RowCycles(Layer<MaxPool> layer, KernelTarget target)
    {
        var (rows, taps) = layer.Operator.Window.MeanInside(layer.Input.Shape, layer.Output.Shape);
        var (shape, lone) = (layer.Output.Shape, layer.Output.Shape.Channels % 4);
        return ElementCost.OfRow(shape with { Channels = shape.Channels - lone }, target, OutputSteps + rows * RowSteps + taps * TapSteps)
            + ElementCost.OfJoinedRow(shape with { Channels = lone }, target, LoneOutput + rows * LoneRow + taps * LoneTap)
            + ElementCost.OfPixels(shape, target, PixelSteps);
    }
}
