using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record TopK
{
    private const double ElementSteps = 1.6;
    private const int RealComparisons = 2;

    internal static ImmutableArray<OperatorKernel<Layer<TopK>>> Kernels { get; } =
        [Row<TopK>("mn_top_k_s8_portable", op => (op.Count, op.IsLeast)), Row<TopK>("mn_top_k_f32_portable", op => (op.Count, op.IsLeast))];

    /// <summary>Every channel is looked at for each result.</summary>
    internal static OperatorKernel<Layer<T>> Row<T>(string function, Func<T, (int Count, bool IsLeast)> shape)
        where T : Operator => new()
        {
            Function = function,
            Sources = ["mn_top.h", $"{function}.c"],
            ParameterType = "mn_top",
            Parameters = l =>
            [
                new IntegerParameter("channels", l.Input.Shape.Channels),
                new IntegerParameter("count", shape(l.Operator).Count),
                new IntegerParameter("least", shape(l.Operator).IsLeast ? 1 : 0),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Input.Shape with { Width = l.Input.Shape.Width * shape(l.Operator).Count }, t, ElementSteps,
                l.Input.IsQuantized ? 0 : RealComparisons),
        };
}
