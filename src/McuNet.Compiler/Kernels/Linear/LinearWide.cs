using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Linear layers in 64 bits, slow and small: for sums that leave 32 bits, and for sizes that leave the fields of other kernels. Every layer
/// has one of these.
/// </summary>
public static class LinearWide
{
    /// <summary>A product in 64 bits takes about twice what one at a time takes in 32.</summary>
    private const double WideMac = 2;

    public static LinearKernel Pointwise { get; } =
        Row("mn_pointwise_s8_portable_wide", [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns]) with
        {
            Applies = l => l.IsPointwise,
            JoinedCycles = (l, t) => Cycles(l, t, l.Output.Width) - PortableCost.Call,
        };

    public static LinearKernel General { get; } =
        Row("mn_conv_s8_portable_wide", [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns]) with
        {
            Applies = l => !l.IsPointwise || l.Groups > 1,
        };

    public static LinearKernel Depthwise { get; } =
        Row("mn_depthwise_s8_portable_wide", [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns]);

    public static LinearKernel Dense { get; } =
        Row("mn_dense_s8_portable_wide", [KernelArgument.Whole0, KernelArgument.Output]) with
        {
            Cycles = (l, t) => Cycles(l, t, 1),
        };

    private static LinearKernel Row(string function, ImmutableArray<KernelArgument> arguments) =>
        new()
        {
            Function = function,
            Sources = ["mn_wide.h", $"{function}.c"],
            IsWide = true,
            ParameterType = "mn_wide",
            Arguments = arguments,
            Applies = _ => true,
            Parameters = Parameters,
            Tables = l => Tables(l),
            ScratchBytes = _ => 0,
            Cycles = (l, t) => Cycles(l, t, l.Output.Width),
        };

    /// <summary>The fields of <c>mn_wide</c> in declaration order.</summary>
    public static ImmutableArray<KernelParameter> Parameters(LinearLayer layer) =>
        [
            new TableParameter("weights", ConstantTable.Of<sbyte>("weights", TableType.Int8, layer.Weights.AsSpan())),
            new TableParameter("bias", ConstantTable.Of<int>("bias", TableType.Int32, layer.PlainBias.AsSpan())),
            new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, layer.Scale.AsSpan())),
            new TableParameter(
                "weight_zero",
                ConstantTable.Of<sbyte>("weight_zero", TableType.Int8, [.. Enumerable.Range(0, layer.Output.Channels).Select(layer.ZeroOf)])
            ),
            new IntegerParameter("in_width", layer.Input.Width),
            new IntegerParameter("in_channels", layer.Input.Channels),
            new IntegerParameter("out_channels", layer.Output.Channels),
            new IntegerParameter("group_inputs", layer.Input.Channels / layer.Groups),
            new IntegerParameter("group_outputs", layer.Output.Channels / layer.Groups),
            .. LinearParameters.Window(layer),
            .. LinearParameters.Range(layer),
        ];

    private static ImmutableArray<TableOutline> Tables(LinearShape layer)
    {
        var channels = layer.Output.Channels;
        return
        [
            new("wide weights", layer.WeightCount),
            new("bias", channels * sizeof(int)),
            new("scale", channels * sizeof(float)),
            new("weight_zero", channels),
        ];
    }

    private static double Cycles(LinearShape layer, KernelTarget target, int pixels)
    {
        var cost = PortableCost.Of(target);
        return PortableCost.Call
            + (double)pixels
                * layer.Output.Channels
                * (layer.Taps * WideMac * Math.Max(cost.SingleMac, cost.MultipliedMac) + cost.Output + 4 * cost.FloatOperation);
    }
}
