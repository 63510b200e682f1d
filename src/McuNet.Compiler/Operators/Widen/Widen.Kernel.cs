using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Widen
{
    internal static ImmutableArray<OperatorKernel<Layer<Widen>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_widen_s8s32_portable",
            Sources = ["mn_widen.h", "mn_widen_s8s32_portable.c"],
            ParameterType = "mn_widen",
            Applies = l => (l.Input.Element, l.Output.Element) == (ElementType.Int8, ElementType.Int32),
            Parameters = l => [new IntegerParameter("zero", l.Input.ZeroPoint), new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1.12, 0),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1.12, 0),
            AloneShare = _ => 0.9,
        },
        new()
        {
            Function = "mn_widen_f32s32_portable",
            Sources = ["mn_numbers.h", "mn_widen_f32s32_portable.c"],
            ParameterType = "mn_numbers",
            Parameters = l => [new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1.9, 3),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1.9, 3),
        },
    ];
}
