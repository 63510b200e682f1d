using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record AveragePool
{
    /// <summary>Steps of each row of a window and of each input in it, beside a requantisation, and of a pixel.</summary>
    private const double RowSteps = 0.5,
        TapSteps = 1.3,
        PixelSteps = 12.5;

    /// <summary>What is left where one layer calls the kernel: loops over small windows without padding are no loops then.</summary>
    private const double AloneFew = 0.38,
        AloneMany = 0.95;
    private const int FewTaps = 9;

    internal static ImmutableArray<OperatorKernel<Layer<AveragePool>>> Kernels { get; } =
    [
        Row("mn_average_pool_s8_portable"),
        Row("mn_average_pool_s16_portable") with
        {
            Applies = l => l.Operator.Window.Taps <= Arithmetic.MostSixteenInSum,
        },
        RealKernels.Pool<AveragePool>(
            "mn_average_pool_f32_portable",
            op => op.Window,
            op => op.Clamp,
            op => op.CountPadding ? op.Window.Taps : 0,
            isUnrolled: true
        ),
    ];

    private static OperatorKernel<Layer<AveragePool>> Row(string function) =>
        new()
        {
            Function = function,
            Sources = ["mn_pool.h", "mn_pool_columns.h", $"{function}.c"],
            ParameterType = "mn_pool",
            Parameters = l =>
                [
                    new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, l.Operator.Scales(l.Types))),
                    .. PoolParameters.Of(l.Operator.Window, l.Types, l.Operator.Clamp.Quantized(l.Output)),
                ],
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Cycles = RowCycles,
            AloneShare = l => l.Operator.Window is { HasPadding: false, Taps: <= FewTaps } ? AloneFew : AloneMany,
        };

    private static double RowCycles(Layer<AveragePool> layer, KernelTarget target)
    {
        var ((rows, taps), shape) = (layer.Operator.Window.MeanInside(layer.Input.Shape, layer.Output.Shape), layer.Output.Shape);
        return ElementCost.OfRow(shape, target, rows * RowSteps + taps * TapSteps)
            + ElementCost.OfPixels(shape, target, PixelSteps)
            + shape.RowElements * PortableCost.Of(target).Output;
    }

    /// <summary>The factor of a sum by the number of inputs it has; a sum of none is zero.</summary>
    private float[] Scales(NodeTypes types) =>
        Enumerable
            .Range(0, Window.Taps + 1)
            .Select(n => Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, CountPadding ? Window.Taps : Math.Max(n, 1)))
            .ToArray();
}
