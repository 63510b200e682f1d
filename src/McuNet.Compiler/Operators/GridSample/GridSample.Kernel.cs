using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record GridSample
{
    /// <summary>Float operations of a product and sum, and of the places and weights of a pixel.</summary>
    private const double TapOperations = 2;
    private const double PixelOperations = 40;

    internal static ImmutableArray<OperatorKernel<Layer<GridSample>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_grid_sample_f32_portable",
            Sources = ["mn_real_limit.h", .. RealFunctions.HeadersOf("mn_math_round"), "mn_grid_sample.h", "mn_grid_sample_f32_portable.c"],
            ParameterType = "mn_grid_sample",
            Parameters = l =>
                [
                    .. RealKernels.Limits(l.Operator.Clamp),
                    new IntegerParameter("height", l.Input.Shape.Height),
                    new IntegerParameter("width", l.Input.Shape.Width),
                    new IntegerParameter("channels", l.Input.Shape.Channels),
                    new IntegerParameter("taps", (int)l.Operator.Interpolation),
                    new IntegerParameter("padding", (int)l.Operator.Padding),
                    new IntegerParameter("corners", l.Operator.AlignCorners ? 1 : 0),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Output.Shape, t, 1, TapOperations * (int)l.Operator.Interpolation * (int)l.Operator.Interpolation)
                + l.Output.Shape.Width * PixelOperations * PortableCost.Of(t).FloatOperation,
        },
    ];
}
