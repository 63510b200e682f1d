using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Mean
{
    /// <summary>An addition without requantisation, four at a time.</summary>
    private const double ElementSteps = 0.6;

    /// <summary>An addition of real numbers beside its float operation.</summary>
    private const double RealSteps = 1.15;

    /// <summary>Of an output of a layer with weights, what one of a mean takes.</summary>
    private const double OutputShare = 1.0 / 3;

    internal static ImmutableArray<OperatorKernel<Layer<Mean>>> Kernels { get; } =
    [
        OverRows("mn_mean_s8_portable_rows"),
        OverRows("mn_mean_s16_portable_rows") with
        {
            Applies = l => l.Operator.OverHeight && HoldsSum(l),
        },
        OverColumns("mn_mean_s8_portable_columns"),
        OverColumns("mn_mean_s16_portable_columns") with
        {
            Applies = l => !l.Operator.OverHeight && HoldsSum(l),
        },
        Real("mn_mean_f32_portable_rows", [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.State]) with
        {
            Applies = l => l.Operator.OverHeight,
            StateBytes = l => l.Output.Shape.RowElements * sizeof(float),
        },
        Real("mn_mean_f32_portable_columns", [KernelArgument.Row0, KernelArgument.Output]) with
        {
            Applies = l => !l.Operator.OverHeight,
        },
    ];

    private int Steps(NodeTypes types) => OverHeight ? types.Input.Shape.Height : 1;

    private static OperatorKernel<Layer<Mean>> OverRows(string function) =>
        Row(function, [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.State]) with
        {
            Applies = l => l.Operator.OverHeight,
            StateBytes = l => l.Output.Shape.RowElements * sizeof(int),
        };

    private static OperatorKernel<Layer<Mean>> OverColumns(string function) =>
        Row(function, [KernelArgument.Row0, KernelArgument.Output]) with
        {
            Applies = l => !l.Operator.OverHeight,
        };

    private static bool HoldsSum(Layer<Mean> layer) =>
        layer.Input.Shape.Elements / layer.Output.Shape.Elements <= Arithmetic.MostSixteenInSum;

    private static OperatorKernel<Layer<Mean>> Row(string function, ImmutableArray<KernelArgument> arguments) =>
        new()
        {
            Function = function,
            Sources = ["mn_mean.h", $"{function}.c"],
            ParameterType = "mn_mean",
            Parameters = Parameters,
            Arguments = arguments,
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Input.Shape, t, ElementSteps)
                + l.Output.Shape.RowElements * OutputShare * PortableCost.Of(t).Output / l.Operator.Steps(l.Types),
        };

    private static OperatorKernel<Layer<Mean>> Real(string function, ImmutableArray<KernelArgument> arguments) =>
        new()
        {
            Function = function,
            Sources = ["mn_mean_f32.h", "mn_real_limit.h", $"{function}.c"],
            ParameterType = "mn_mean_f32",
            Parameters = l =>
                [
                    .. RealKernels.Limits(l.Operator.Clamp),
                    new IntegerParameter("channels", l.Output.Shape.RowElements),
                    new IntegerParameter("count", l.Input.Shape.Elements / l.Output.Shape.Elements),
                    new IntegerParameter("columns", l.Input.Shape.Width / l.Output.Shape.Width),
                    new IntegerParameter("steps", l.Operator.Steps(l.Types)),
                ],
            Arguments = arguments,
            Cycles = (l, t) => ElementCost.OfRow(l.Input.Shape, t, RealSteps, 1),
        };

    private static ImmutableArray<KernelParameter> Parameters(Layer<Mean> layer)
    {
        var (from, to) = (layer.Input.Shape, layer.Output.Shape);
        var count = from.Elements / to.Elements;
        var range = layer.Operator.Clamp.Quantized(layer.Output);
        return
        [
            new RealParameter("scale", Arithmetic.MeanScale(layer.Input.Scale, layer.Output.Scale, count)),
            new IntegerParameter("bias", -layer.Input.ZeroPoint * count),
            new IntegerParameter("channels", to.RowElements),
            new IntegerParameter("columns", from.Width / to.Width),
            new IntegerParameter("steps", layer.Operator.Steps(layer.Types)),
            new IntegerParameter("out_zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", range.Min),
            new IntegerParameter("out_max", range.Max),
        ];
    }
}
