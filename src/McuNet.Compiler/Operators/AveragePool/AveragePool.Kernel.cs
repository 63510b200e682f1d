using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record AveragePool
{
    private const double TapSteps = 0.53;

    /// <summary>Cycles of an output of a linear layer that bias and a scale of its own take.</summary>
    private const double Constants = 15;

    internal static ImmutableArray<OperatorKernel<Layer<AveragePool>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_average_pool_s8_portable",
            Sources = ["mn_pool.h", "mn_pool_columns.h", "mn_average_pool_s8_portable.c"],
            ParameterType = "mn_pool",
            Parameters = l =>
            [
                new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, l.Operator.Scales(l.Types))),
                .. PoolParameters.Of(l.Operator.Window, l.Types, l.Operator.Clamp.Quantized(l.Output)),
            ],
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, TapSteps * l.Operator.Window.Taps) + l.Output.Shape.RowElements * (PortableCost.Of(t).Output - Constants),
        },
        RealKernels.Pool<AveragePool>("mn_average_pool_f32_portable", op => op.Window, op => op.Clamp,
            op => op.CountPadding ? op.Window.Taps : 0, isUnrolled: true),
    ];

    /// <summary>The factor of a sum by the number of inputs it has; a sum of none is zero.</summary>
    private float[] Scales(NodeTypes types) =>
        Enumerable.Range(0, Window.Taps + 1)
            .Select(n => Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, CountPadding ? Window.Taps : Math.Max(n, 1)))
            .ToArray();
}
