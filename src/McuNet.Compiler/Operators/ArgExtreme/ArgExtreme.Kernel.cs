using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record ArgExtreme
{
    /// <summary>Steps of an integer, of a real number, and of a pixel.</summary>
    private const double ElementSteps = 1.62,
        RealSteps = 2.37,
        PixelSteps = 0.4;
    private const int PixelFloats = 1;
    private const int RealComparisons = 1;

    internal static ImmutableArray<OperatorKernel<Layer<ArgExtreme>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_arg_extreme_s8_portable",
            Sources = ["mn_arg_extreme.h", "mn_arg_extreme_s8_portable.c"],
            ParameterType = "mn_arg_extreme",
            Parameters = l =>
                [
                    new RealParameter("scale", l.Output.Scale),
                    new IntegerParameter("channels", l.Input.Shape.Channels),
                    new IntegerParameter("least", l.Operator.IsLeast ? 1 : 0),
                    new IntegerParameter("last", l.Operator.TakesLast ? 1 : 0),
                    new IntegerParameter("out_zero", l.Output.ZeroPoint),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            AloneShare = _ => 0.9,
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Input.Shape, t, ElementSteps)
                + ElementCost.OfPixels(l.Input.Shape, t, PixelSteps)
                + l.Output.Shape.RowElements * (PixelFloats * PortableCost.Of(t).FloatOperation + PortableCost.Of(t).Output),
        },
        Real("mn_arg_extreme_s8f32_portable"),
        Real("mn_arg_extreme_f32_portable"),
    ];

    private static OperatorKernel<Layer<ArgExtreme>> Real(string function) =>
        new()
        {
            Function = function,
            Sources = ["mn_arg_extreme_f32.h", $"{function}.c"],
            ParameterType = "mn_arg_extreme_f32",
            Parameters = l =>
                [
                    new IntegerParameter("channels", l.Input.Shape.Channels),
                    new IntegerParameter("least", l.Operator.IsLeast ? 1 : 0),
                    new IntegerParameter("last", l.Operator.TakesLast ? 1 : 0),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) =>
                ElementCost.OfPixels(l.Input.Shape, t, PixelSteps)
                + (
                    l.Input.IsQuantized
                        ? ElementCost.OfRow(l.Input.Shape, t, ElementSteps)
                        : ElementCost.OfRow(l.Input.Shape, t, RealSteps, RealComparisons)
                ),
            AloneShare = l => l.Input.IsQuantized ? 0.93 : 0.64,
        };
}
