using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
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

    /// <summary>Cycles of the kernels for the DSP extension: of two pixels by two channels, of a tap of them, and of what is about
    /// them.</summary>
    private const double PairTap = 5.36,
        ChannelPair = 130,
        Pixel = 20;

    /// <summary>Of one pixel by two channels.</summary>
    private const double LoneTap = 4.8,
        LoneChannels = 80;

    /// <summary>Of a row of a window, of its inputs that are no four, and of an input that goes to scratch.</summary>
    private const double WindowRow = 108,
        WindowRest = 35,
        GatheredInput = 3.2;

    /// <summary>Of four channels of a pixel of a depthwise layer, and of a row and of a tap of them.</summary>
    private const double DepthwiseQuad = 128,
        DepthwiseRow = 32,
        DepthwiseTap = 13;

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
            .. Pointwise(LinearKind.Convolution, window)
                .Select(k => k with { Applies = l => groups(l.Operator) == 1 && RealLinear.IsPointwise(window(l.Operator)) }),
            .. Dsp(
                    "conv",
                    LinearKind.Convolution,
                    [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
                    window
                )
                .Select(k =>
                    k with
                    {
                        Applies = l => groups(l.Operator) == 1 && !RealLinear.IsPointwise(window(l.Operator)),
                        ScratchBytes = ScratchBytes,
                        Cycles = (l, _) => PortableCost.Call + Row(l, l.Output.Shape.Width, WindowCycles(l, window(l.Operator))),
                    }
                ),
        ];

    /// <summary>Fully connected layers [C_out, inputs].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Dense<T>(Window pixel)
        where T : Operator, ILinear, IClamped =>
        [.. Rows<T>("pointwise", LinearKind.Dense, KernelArgument.Row0, _ => pixel, _ => 1), .. Pointwise<T>(LinearKind.Dense, _ => pixel)];

    /// <summary>Depthwise convolutions [kernel height, kernel width, C_out].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Depthwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        [
            .. Rows("depthwise", LinearKind.Depthwise, KernelArgument.Window, window, _ => 1),
            .. Dsp("depthwise", LinearKind.Depthwise, [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns], window)
                .Select(k =>
                    k with
                    {
                        Applies = l => l.Input.Shape.Channels == l.Output.Shape.Channels,
                        Cycles = (l, _) => PortableCost.Call + DepthwiseCycles(l, window(l.Operator)),
                    }
                ),
        ];

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

    private static IEnumerable<OperatorKernel<Layer<T>>> Pointwise<T>(LinearKind kind, Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        Dsp("pointwise", kind, [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch], window)
            .Select(k =>
                k with
                {
                    ScratchBytes = l => IsRead(l) ? 0 : ScratchBytes(l),
                    Cycles = (l, _) => PortableCost.Call + Row(l, l.Output.Shape.Width, IsRead(l) ? 0 : Gathered(l)),
                    JoinedCycles = (l, _) => Row(l, 2 * l.Output.Shape.Width, IsRead(l) ? 0 : Gathered(l)) / 2,
                }
            );

    /// <summary>For cores with the DSP extension and an FPU: sums of 32 bits without zero points but one of int8 inputs.</summary>
    private static IEnumerable<OperatorKernel<Layer<T>>> Dsp<T>(
        string name,
        LinearKind kind,
        ImmutableArray<KernelArgument> arguments,
        Func<T, Window> window
    )
        where T : Operator, ILinear, IClamped =>
        Sums.Where(s => !s.IsWide)
            .Select(sum =>
            {
                var function = $"mn_{name}_{sum.Types}_dsp";
                var outputs =
                    kind == LinearKind.Depthwise
                        ? []
                        : new[] { $"mn_sixteen_outputs_{(sum.Types.EndsWith("s16", StringComparison.Ordinal) ? "s16" : "s8")}.h" };
                return new OperatorKernel<Layer<T>>
                {
                    Function = function,
                    Required = DeviceFeatures.Dsp | DeviceFeatures.FpuSingle,
                    Sources = ["mn_columns.h", "mn_sixteen_dsp.h", .. outputs, $"{function}.c"],
                    ParameterType = "mn_sixteen",
                    Holds = l => HasNoZeroPoints(l.Operator, l.Types) && FitsWord(l.Operator, l.Types),
                    Parameters = l =>
                        Parameters(
                            LinearLayers.Plain(kind, l.Types, l.Operator.Weights, l.Operator.Bias, window(l.Operator), l.Operator.Clamp)
                        ),
                    Arguments = arguments,
                    Cycles = (_, _) => 0,
                    Reads = (l, rows) => kind == LinearKind.Depthwise ? rows * l.Output.Shape.Width : (rows * l.Output.Shape.Width + 1) / 2,
                };
            });

    private static bool HasNoZeroPoints(ILinear layer, NodeTypes types) =>
        (types.Input.Element == ElementType.Int8 || types.Input.ZeroPoint == 0)
        && Enumerable.Range(0, types.Output.Shape.Channels).All(c => layer.Weights.ZeroPointOf(c) == 0);

    /// <summary>The fields of <c>mn_sixteen</c> in declaration order.</summary>
    private static ImmutableArray<KernelParameter> Parameters(LinearLayer layer)
    {
        var weights = layer.Kind == LinearKind.Depthwise ? WeightPacking.CrossedChannels(layer) : WeightPacking.Pairs(layer);
        return
        [
            new TableParameter("weights", ConstantTable.Of<sbyte>("weights", TableType.Int8, weights)),
            new TableParameter("bias", ConstantTable.Of<int>("bias", TableType.Int32, layer.PlainBias.AsSpan())),
            new TableParameter("scale", ConstantTable.Of<float>("scale", TableType.Float32, layer.Scale.AsSpan())),
            new IntegerParameter("taps", Padded(layer.Taps)),
            new IntegerParameter("in_width", layer.Input.Width),
            new IntegerParameter("in_channels", layer.Input.Channels),
            new IntegerParameter("out_channels", layer.Output.Channels),
            .. LinearParameters.Window(layer),
            .. LinearParameters.Range(layer),
        ];
    }

    private static int Padded(int taps) => (taps + 3) / 4 * 4;

    /// <summary>Two pixels' inputs of 16 bits.</summary>
    private static int ScratchBytes<T>(Layer<T> layer)
        where T : Operator, ILinear => 4 * Padded(RealLinear.Taps(layer));

    /// <summary>Whether a pointwise kernel reads inputs where they lie.</summary>
    private static bool IsRead<T>(Layer<T> layer)
        where T : Operator => layer.Input.Element == ElementType.Int16 && layer.Input.Shape.Channels % 4 == 0;

    /// <param name="gathered">Cycles until the inputs of a pixel lie in scratch.</param>
    private static double Row<T>(Layer<T> layer, int pixels, double gathered)
        where T : Operator, ILinear
    {
        var (taps, pairs) = (Padded(RealLinear.Taps(layer)), (layer.Output.Shape.Channels + 1) / 2);
        return pixels * (Pixel + gathered)
            + pixels / 2 * (pairs * (ChannelPair + taps * PairTap))
            + pixels % 2 * (pairs * (LoneChannels + taps * LoneTap));
    }

    private static double Gathered<T>(Layer<T> layer)
        where T : Operator, ILinear => RealLinear.Taps(layer) * GatheredInput;

    private static double WindowCycles<T>(Layer<T> layer, Window window)
        where T : Operator, ILinear
    {
        var run = layer.Input.Shape.Channels * (window.DilationWidth == 1 ? window.KernelWidth : 1);
        return window.KernelHeight * (WindowRow + (run % 4 == 0 ? 0 : WindowRest)) + Gathered(layer);
    }

    private static double DepthwiseCycles<T>(Layer<T> layer, Window window)
        where T : Operator
    {
        var quads = (layer.Output.Shape.Channels + 3) / 4;
        return layer.Output.Shape.Width
            * (2 * Pixel + quads * (DepthwiseQuad + window.KernelHeight * DepthwiseRow + window.Taps * DepthwiseTap));
    }

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
