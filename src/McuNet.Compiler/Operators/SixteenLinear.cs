using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Kernels of layers with int8 weights whose input or result, or both, are int16. Sums have 32 bits where the weights prove that these are
/// enough (<see cref="FitsWord"/>), else 64; sums of an int8 input that leave 32 bits have no kernel here.
/// </summary>
internal static class SixteenLinear
{
    /// <summary>A product in 64 bits takes about twice what one takes in 32.</summary>
    private const double WideMac = 2;

    /// <summary>A tap of the portable kernels, and a run of neighbouring inputs, as multiples of a tap of the int8 ones.</summary>
    private const double PortableTap = 1.2,
        PortableRun = 20;

    private static readonly ImmutableArray<(string Types, bool IsWide)> Sums =
    [
        ("s16", false),
        ("s16", true),
        ("s16s8", false),
        ("s16s8", true),
        ("s8s16", false),
    ];

    /// <summary>Convolutions [C_out, kernel height, kernel width, C_in / groups].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Convolution<T>(Func<T, Window> window, Func<T, int> groups)
        where T : Operator, ILinear, IClamped =>
        [
            .. Rows("pointwise", LinearKind.Convolution, KernelArgument.Row0, window, groups)
                .Select(k => k with { Applies = l => groups(l.Operator) == 1 && RealLinear.IsPointwise(window(l.Operator)) }),
            .. Rows("conv", LinearKind.Convolution, KernelArgument.Window, window, groups)
                .Select(k => k with { Applies = l => groups(l.Operator) > 1 || !RealLinear.IsPointwise(window(l.Operator)) }),
            .. SixteenDsp.Convolution(window, groups),
        ];

    /// <summary>Fully connected layers [C_out, inputs].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Dense<T>(Window pixel)
        where T : Operator, ILinear, IClamped =>
        [
            .. Rows<T>("pointwise", LinearKind.Dense, KernelArgument.Row0, _ => pixel, _ => 1),
            .. SixteenDsp.Pointwise<T>(LinearKind.Dense, _ => pixel),
        ];

    /// <summary>Depthwise convolutions [kernel height, kernel width, C_out].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Depthwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        [.. Rows("depthwise", LinearKind.Depthwise, KernelArgument.Window, window, _ => 1), .. SixteenDsp.Depthwise(window)];

    /// <summary>
    /// Whether no sum of the layer, nor a part of one in any order, leaves 32 bits: |bias| + max |x - zx| x sum |w - zw| of every channel.
    /// Of int16 without zero points that is sum |w| up to 65,535, which 516 weights of 127 reach.
    /// </summary>
    public static bool FitsWord(ILinear layer, NodeTypes types)
    {
        var (least, most) = types.Input.Element.Range();
        long input = Math.Max(most - types.Input.ZeroPoint, types.Input.ZeroPoint - least);
        var sums = new long[types.Output.Shape.Channels];
        var bias = layer.Bias is { } given ? MemoryMarshal.Cast<byte, int>(given.Data.AsSpan()) : default;
        for (var c = 0; c < bias.Length; c++)
            sums[c] = Math.Abs((long)bias[c]);
        var weights = MemoryMarshal.Cast<byte, sbyte>(layer.Weights.Data.AsSpan());
        for (var i = 0; i < weights.Length; i++)
        {
            var channel = layer.ChannelOf(i);
            sums[channel] += input * Math.Abs(weights[i] - layer.Weights.ZeroPointOf(channel));
        }

        return sums.All(s => s <= int.MaxValue);
    }

    private static ImmutableArray<OperatorKernel<Layer<T>>> Rows<T>(
        string name,
        LinearKind kind,
        KernelArgument input,
        Func<T, Window> window,
        Func<T, int> groups
    )
        where T : Operator, ILinear, IClamped =>
        [
            .. Sums.Select(sum =>
            {
                var function = $"mn_{name}_{sum.Types}_portable{(sum.IsWide ? "_wide" : "")}";
                return new OperatorKernel<Layer<T>>
                {
                    Function = function,
                    Sources = ["mn_wide.h", "mn_sixteen.h", $"{function}.c"],
                    ParameterType = "mn_wide",
                    Holds = l => sum.IsWide || FitsWord(l.Operator, l.Types),
                    Parameters = l =>
                        LinearWide.Parameters(
                            LinearLayers.Plain(
                                kind,
                                l.Types,
                                l.Operator.Weights,
                                l.Operator.Bias,
                                window(l.Operator),
                                l.Operator.Clamp,
                                groups(l.Operator)
                            )
                        ),
                    Arguments = [input, KernelArgument.Output, KernelArgument.Columns],
                    Cycles = (l, t) => PortableCost.Call + Row(l, t, sum.IsWide, input),
                    JoinedCycles = input == KernelArgument.Row0 ? (l, t) => Row(l, t, sum.IsWide, input) : null,
                    Reads = (l, rows) => rows * l.Output.Shape.Width,
                };
            }),
        ];

    private static double Row<T>(Layer<T> layer, KernelTarget target, bool isWide, KernelArgument input)
        where T : Operator, ILinear
    {
        var cost = PortableCost.Of(target);
        var isDepthwise = layer.Operator.Weights.Dims.Length == 3 && input == KernelArgument.Window;
        var taps = layer.Operator.Weights.Count / layer.Output.Shape.Channels;
        var runs = isDepthwise || input != KernelArgument.Window ? 1 : taps / layer.Operator.Weights.Dims[^1];
        var mac = isDepthwise ? cost.MultipliedMac : cost.SingleMac * PortableTap;
        return layer.Output.Shape.RowElements * (taps * mac * (isWide ? WideMac : 1) + runs * cost.SingleMac * PortableRun + cost.Output);
    }
}
