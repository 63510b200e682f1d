using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record LogSoftmax
{
    private const int PassesOverRow = 3;
    private const int FloatOperations = 4;
    private const double LogarithmCycles = 400;

    /// <summary>Float operations of an element between real numbers: mostly its exponential.</summary>
    private const int RealOperations = 30;

    internal static ImmutableArray<OperatorKernel<Layer<LogSoftmax>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_log_softmax_s8f32_portable",
            Sources = ["mn_log_softmax.h", "mn_log_softmax_s8f32_portable.c"],
            ParameterType = "mn_log_softmax",
            Parameters = l =>
                [
                    new TableParameter("table", ConstantTable.Of<float>("table", TableType.Float32, Exponentials(l.Input.Scale))),
                    new RealParameter("in_scale", l.Input.Scale),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) =>
                ElementCost.OfRow(l.Output.Shape, t, PassesOverRow, FloatOperations) + l.Output.Shape.Width * LogarithmCycles,
        },
        new()
        {
            Function = "mn_log_softmax_f32_portable",
            Sources = ["mn_softmax_f32.h", .. RealFunctions.HeadersOf("mn_math_exp", "mn_math_log"), "mn_log_softmax_f32_portable.c"],
            ParameterType = "mn_softmax_f32",
            Parameters = l => [new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 3, RealOperations),
        },
    ];
}
