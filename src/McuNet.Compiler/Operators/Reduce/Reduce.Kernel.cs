using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Reduce
{
    private const double SumSteps = 1.2;
    private const double ExtremeSteps = 1.7;
    private const int ExtremeFloats = 6;

    internal static ImmutableArray<OperatorKernel<Layer<Reduce>>> Kernels { get; } =
    [
        Row("mn_reduce_s8_portable_sum", SumSteps, 0) with
        {
            Applies = l => l.Operator.Function is ReduceFunction.Sum or ReduceFunction.Mean,
        },
        Row("mn_reduce_s8_portable_extreme", ExtremeSteps, ExtremeFloats) with
        {
            Applies = l => l.Operator.IsExtreme,
        },
        Row("mn_reduce_f32_portable", SumSteps, 0) with
        {
            Sources = ["mn_reduce_f32.h", "mn_real_limit.h", "mn_reduce_f32_portable.c"],
            ParameterType = "mn_reduce_f32",
            Parameters = Reals,
            Cycles = (l, t) => ElementCost.OfRow(l.Input.Shape, t, SumSteps, 1),
        },
    ];

    private bool IsExtreme => Function is ReduceFunction.Min or ReduceFunction.Max;

    /// <summary>Beyond all values, or what makes a sum one of values less their zero point.</summary>
    private int Start(NodeTypes types) =>
        Function switch
        {
            ReduceFunction.Min => sbyte.MaxValue,
            ReduceFunction.Max => sbyte.MinValue,
            _ => -types.Input.ZeroPoint * Count(types),
        };

    private int Steps(NodeTypes types) => OverHeight ? types.Input.Shape.Height : 1;

    private static OperatorKernel<Layer<Reduce>> Row(string function, double steps, int floats) =>
        new()
        {
            Function = function,
            Sources = ["mn_reduce.h", $"{function}.c"],
            ParameterType = "mn_reduce",
            Parameters = Parameters,
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.State],
            StateBytes = l => l.Output.Shape.RowElements * sizeof(int),
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Input.Shape, t, steps)
                + l.Output.Shape.RowElements
                    * (PortableCost.Of(t).Output + floats * PortableCost.Of(t).FloatOperation)
                    / l.Operator.Steps(l.Types),
        };

    private static ImmutableArray<KernelParameter> Reals(Layer<Reduce> layer)
    {
        var (op, from, to) = (layer.Operator, layer.Input.Shape, layer.Output.Shape);
        return
        [
            .. RealKernels.Limits(op.Clamp),
            new IntegerParameter("outputs", to.RowElements),
            new IntegerParameter("columns", from.Width),
            new IntegerParameter("channels", from.Channels),
            new IntegerParameter("column", op.OverWidth ? 0 : to.Channels),
            new IntegerParameter("channel", op.OverChannels ? 0 : 1),
            new IntegerParameter("steps", op.Steps(layer.Types)),
            new IntegerParameter("count", Count(layer.Types)),
            new IntegerParameter(
                "function",
                op.Function switch
                {
                    ReduceFunction.Sum => 0,
                    ReduceFunction.Mean => 1,
                    ReduceFunction.Min => 2,
                    ReduceFunction.Max => 3,
                    _ => 4,
                }
            ),
        ];
    }

    private static ImmutableArray<KernelParameter> Parameters(Layer<Reduce> layer)
    {
        var (op, from, to) = (layer.Operator, layer.Input.Shape, layer.Output.Shape);
        var (min, max) = op.Clamp.Quantized(layer.Output);
        return
        [
            new RealParameter("scale", op.IsExtreme ? layer.Input.Scale : op.Scale(layer.Types)),
            new RealParameter("out_scale", layer.Output.Scale),
            new IntegerParameter("start", op.Start(layer.Types)),
            new IntegerParameter("outputs", to.RowElements),
            new IntegerParameter("columns", from.Width),
            new IntegerParameter("channels", from.Channels),
            new IntegerParameter("column", op.OverWidth ? 0 : to.Channels),
            new IntegerParameter("channel", op.OverChannels ? 0 : 1),
            new IntegerParameter("steps", op.Steps(layer.Types)),
            new IntegerParameter("least", op.Function == ReduceFunction.Min ? 1 : 0),
            new IntegerParameter("in_zero", layer.Input.ZeroPoint),
            new IntegerParameter("out_zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
        ];
    }
}
