using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record AveragePool
{
    private const double TapSteps = 0.53;

    /// <summary>Cycles of an output of a linear layer that bias and a scale of its own take.</summary>
    private const double Constants = 15;

    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var taps = Window.KernelHeight * Window.KernelWidth;
        var shape = types.Output.Shape;
        return new()
        {
            Function = "mn_average_pool_s8_portable",
            Sources = ["mn_common.h", "mn_pool.h", "mn_pool_columns.h", "mn_average_pool_s8_portable.c"],
            ParameterType = "mn_pool",
            Parameters =
            [
                new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, Scales(types, taps))),
                .. PoolParameters.Of(Window, types, Clamp.Quantized(types.Output)),
            ],
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = ElementCost.OfRow(shape, target, TapSteps * taps) + shape.RowElements * (PortableCost.Of(target).Output - Constants),
        };
    }

    /// <summary>The factor of a sum by the number of inputs it has; a sum of none is zero.</summary>
    private float[] Scales(NodeTypes types, int taps) =>
        Enumerable.Range(0, taps + 1)
            .Select(n => Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, CountPadding ? taps : Math.Max(n, 1)))
            .ToArray();
}
