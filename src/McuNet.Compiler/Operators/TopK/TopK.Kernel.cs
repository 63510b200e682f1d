using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record TopK
{
    /// <summary>Steps of a channel for the first result, for each further one, of a real channel for any, and of a result.</summary>
    private const double FirstSteps = 2.05,
        FurtherSteps = 3.2,
        RealSteps = 2.95,
        ResultSteps = 4;
    private const int RealComparisons = 3;

    internal static ImmutableArray<OperatorKernel<Layer<TopK>>> Kernels { get; } =
    [Row<TopK>("mn_top_k_s8_portable", op => (op.Count, op.IsLeast)), Row<TopK>("mn_top_k_f32_portable", op => (op.Count, op.IsLeast))];

    /// <summary>Every channel is looked at for each result.</summary>
    internal static OperatorKernel<Layer<T>> Row<T>(string function, Func<T, (int Count, bool IsLeast)> shape)
        where T : Operator =>
        new()
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
            Cycles = (l, t) => RowCycles(l.Input, shape(l.Operator).Count, t),
            AloneShare = l =>
                (l.Input.IsQuantized, shape(l.Operator).Count) switch
                {
                    (true, 1) => 0.72,
                    (true, _) => 0.89,
                    (false, 1) => 0.47,
                    (false, _) => 0.79,
                },
        };

    private static double RowCycles(TensorType input, int count, KernelTarget target)
    {
        var elements = input.IsQuantized
            ? ElementCost.OfRow(input.Shape, target, FirstSteps + (count - 1) * FurtherSteps)
            : ElementCost.OfRow(input.Shape, target, count * RealSteps, count * RealComparisons);
        return elements + ElementCost.OfPixels(input.Shape, target, count * ResultSteps);
    }
}
