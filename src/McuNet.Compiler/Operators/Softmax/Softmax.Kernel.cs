using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Softmax
{
    private const double PassesOverRow = 5.375;

    /// <summary>Float operations of an element between real numbers: mostly its exponential.</summary>
    private const int RealOperations = 15;

    internal static ImmutableArray<OperatorKernel<Layer<Softmax>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_softmax_s8_portable",
            Sources = ["mn_softmax.h", "mn_softmax_s8_portable.c"],
            ParameterType = "mn_softmax",
            Parameters = l =>
                [
                    new TableParameter(
                        "table",
                        ConstantTable.Of<uint>("table", TableType.UInt32, Exponentials(l.Input.Scale, l.Output.Shape.Channels))
                    ),
                    new IntegerParameter("steps", (int)StepsOfOne(l.Output.Scale)),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                    new IntegerParameter("out_zero", l.Output.ZeroPoint),
                    new IntegerParameter("highest", sbyte.MaxValue),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, PassesOverRow),
        },
        new()
        {
            Function = "mn_softmax_f32_portable",
            Sources = ["mn_softmax_f32.h", .. RealFunctions.HeadersOf("mn_math_exp"), "mn_softmax_f32_portable.c"],
            ParameterType = "mn_softmax_f32",
            Parameters = l => [new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 3, RealOperations),
        },
    ];
}
