using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Kernels of layers with constant weights that give real numbers, from real numbers or from int8.</summary>
internal static class RealLinear
{
    private static readonly ImmutableArray<string> Sums = ["mn_real.h", "mn_real_limit.h", "mn_real_sums.h"];

    /// <summary>What a multiply-accumulate of a pixel without a neighbour takes more.</summary>
    private const double LonePixel = 2;

    private static readonly ImmutableArray<string> Windows = [.. Sums, "mn_columns.h"];

    /// <summary>Convolutions [C_out, kernel height, kernel width, C_in].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Convolution<T>(Func<T, Window> window, Func<T, int> groups)
        where T : Operator, ILinear, IClamped =>
        [
            .. PackedLinear.Convolution(window, groups),
            OfReals("mn_conv_f32_portable", window, [.. Windows, "mn_conv_f32.h"], KernelArgument.Window) with
            {
                Applies = l => IsPlain(l) && groups(l.Operator) == 1 && !IsPointwise(window(l.Operator)),
                Reads = (l, _) => Windowed(l, window(l.Operator)).Halved.Count,
                Cycles = (l, t) =>
                    t.Has(DeviceFeatures.FpuSingle)
                        ? PortableCost.Call
                            + l.Output.Shape.Channels
                                * RealCost.FpuRow(Taps(l), Runs(window(l.Operator)), Windowed(l, window(l.Operator)).Halved)
                        : Cycles(l, Taps(l), RealCost.BlockedMac(t), t),
            },
            OfReals("mn_conv_grouped_f32_portable", window, Windows, KernelArgument.Window) with
            {
                Applies = l => IsPlain(l) && groups(l.Operator) > 1,
                Parameters = l =>
                    [
                        .. Reals(l, window(l.Operator), Numbers(l.Operator.Weights))[..^1],
                        new IntegerParameter("groups", groups(l.Operator)),
                    ],
                Reads = (l, _) => l.Output.Shape.Width,
                Cycles = (l, t) => Cycles(l, Taps(l), RealCost.SingleMac(t), t),
            },
            OfReals(
                "mn_conv_f32_fpu",
                window,
                [.. Windows, "mn_real_sums_fpu.h", "mn_real_four_fpu.h", "mn_conv_f32.h"],
                KernelArgument.Window,
                DeviceFeatures.FpuSingle
            ) with
            {
                Applies = l => IsPlain(l) && groups(l.Operator) == 1 && !IsPointwise(window(l.Operator)),
                Reads = (l, _) => Windowed(l, window(l.Operator)).Count,
                Cycles = (l, _) =>
                    PortableCost.Call
                    + l.Output.Shape.Channels * RealCost.FpuRow(Taps(l), Runs(window(l.Operator)), Windowed(l, window(l.Operator))),
            },
            .. Pointwise(window)
                .Select(k => k with { Applies = l => IsPlain(l) && groups(l.Operator) == 1 && IsPointwise(window(l.Operator)) }),
            OfIntegers("mn_conv_s8f32_portable", window, ["mn_real_limit.h", "mn_columns.h", "mn_real_of_s8.h"], KernelArgument.Window) with
            {
                Applies = l => groups(l.Operator) == 1 && !IsPointwise(window(l.Operator)) && l.Input.Shape.Channels <= short.MaxValue,
            },
            PointwiseOfIntegers(window) with
            {
                Applies = l => groups(l.Operator) == 1 && IsPointwise(window(l.Operator)),
            },
        ];

    /// <summary>Fully connected layers [C_out, inputs].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Dense<T>(Window pixel)
        where T : Operator, ILinear, IClamped =>
        [PackedLinear.Dense<T>(pixel), Pointwise<T>(_ => pixel)[0] with { Applies = IsPlain }, PointwiseOfIntegers<T>(_ => pixel)];

    /// <summary>Depthwise convolutions [kernel height, kernel width, C_out].</summary>
    public static ImmutableArray<OperatorKernel<Layer<T>>> Depthwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        [
            PackedLinear.Depthwise(window),
            OfReals("mn_depthwise_f32_portable", window, ["mn_real.h", "mn_real_limit.h", "mn_columns.h"], KernelArgument.Window) with
            {
                Applies = IsPlain,
                Parameters = l => Reals(l, window(l.Operator), Numbers(l.Operator.Weights)),
                Reads = (l, _) => l.Output.Shape.Width,
                Cycles = (l, t) => PortableCost.Call + RealCost.DepthwiseRowOf(window(l.Operator), l.Output.Shape, t),
            },
        ];

    /// <summary>Real weights or a real bias.</summary>
    public static ReadOnlySpan<float> Numbers(ConstantTensor constant) => MemoryMarshal.Cast<byte, float>(constant.Data.AsSpan());

    /// <summary>The bias of each output channel.</summary>
    public static float[] Bias(ILinear layer, int channels) => layer.Bias is null ? new float[channels] : Numbers(layer.Bias).ToArray();

    /// <summary>sum + x w + x w + ..., every operation rounded to float32.</summary>
    public static float Add(float sum, ReadOnlySpan<float> x, ReadOnlySpan<float> w)
    {
        w = w[..x.Length];
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * w[i];
        return sum;
    }

    /// <summary>Whether weights are float32 in flash too.</summary>
    private static bool IsPlain<T>(Layer<T> layer)
        where T : Operator, ILinear => layer.Operator.Weights.Form is null;

    internal static bool IsPointwise(Window window) => window is { IsPointwise: true, HasPadding: false };

    /// <summary>One for any core, one for cores with an FPU.</summary>
    private static ImmutableArray<OperatorKernel<Layer<T>>> Pointwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        [
            OfReals("mn_pointwise_f32_portable", window, [.. Sums, "mn_pointwise_f32.h"], KernelArgument.Row0) with
            {
                Reads = (l, rows) => (rows * l.Output.Shape.Width + 1) / 2,
            },
            OfReals(
                "mn_pointwise_f32_fpu",
                window,
                [.. Sums, "mn_real_sums_fpu.h", "mn_real_four_fpu.h", "mn_pointwise_f32.h"],
                KernelArgument.Row0,
                DeviceFeatures.FpuSingle
            ) with
            {
                Reads = (l, rows) => PixelGroups.Of(rows * l.Output.Shape.Width).Count,
                Cycles = (l, _) => PortableCost.Call + Pixels(l, l.Output.Shape.Width),
                JoinedCycles = (l, _) => Pixels(l, 4 * l.Output.Shape.Width) / 4,
            },
        ];

    private static double Pixels<T>(Layer<T> layer, int pixels)
        where T : Operator, ILinear => layer.Output.Shape.Channels * RealCost.FpuRow(Taps(layer), 1, PixelGroups.Of(pixels));

    private static PixelGroups Windowed<T>(Layer<T> layer, Window window)
        where T : Operator => PixelGroups.Of(window, layer.Input.Shape, layer.Output.Shape);

    private static int Runs(Window window) => window.KernelHeight * (window.DilationWidth > 1 ? window.KernelWidth : 1);

    private static OperatorKernel<Layer<T>> PointwiseOfIntegers<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        OfIntegers("mn_pointwise_s8f32_portable", window, ["mn_real_limit.h", "mn_real_of_s8.h"], KernelArgument.Row0);

    private static OperatorKernel<Layer<T>> OfReals<T>(
        string function,
        Func<T, Window> window,
        ImmutableArray<string> headers,
        KernelArgument input,
        DeviceFeatures required = DeviceFeatures.None
    )
        where T : Operator, ILinear, IClamped =>
        new()
        {
            Function = function,
            Required = required,
            Sources = [.. headers, $"{function}.c"],
            ParameterType = "mn_real",
            Parameters = l => Reals(l, window(l.Operator), Blocks(Numbers(l.Operator.Weights), l.Output.Shape.Channels)),
            Arguments = [input, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => Cycles(l, Taps(l), Blocked(l, t), t),
            JoinedCycles = input == KernelArgument.Row0 ? (l, t) => Cycles(l, Taps(l), Blocked(l, t), t) - PortableCost.Call : null,
        };

    private static OperatorKernel<Layer<T>> OfIntegers<T>(
        string function,
        Func<T, Window> window,
        ImmutableArray<string> headers,
        KernelArgument input
    )
        where T : Operator, ILinear, IClamped =>
        new()
        {
            Function = function,
            Sources = [.. headers, $"{function}.c"],
            ParameterType = "mn_real_of_s8",
            Parameters = l => Integers(l, window(l.Operator)),
            Arguments = [input, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => Cycles(l, Taps(l), PortableCost.Of(t).SingleMac * 1.5, t),
            JoinedCycles =
                input == KernelArgument.Row0
                    ? (l, t) => Cycles(l, Taps(l), PortableCost.Of(t).SingleMac * 1.5, t) - PortableCost.Call
                    : null,
        };

    /// <summary>Two pixels share the loads of weights.</summary>
    private static double Blocked<T>(Layer<T> layer, KernelTarget target)
        where T : Operator => RealCost.BlockedMac(target) + (layer.Output.Shape.Width == 1 ? LonePixel : 0);

    internal static int Taps<T>(Layer<T> layer)
        where T : Operator, ILinear => layer.Operator.Weights.Dims.Skip(1).Aggregate(1, (a, b) => a * b);

    internal static double Cycles<T>(Layer<T> layer, int taps, double mac, KernelTarget target)
        where T : Operator => PortableCost.Call + layer.Output.Shape.RowElements * (taps * mac + RealCost.Output(target));

    private static ImmutableArray<KernelParameter> Reals<T>(Layer<T> layer, Window window, ReadOnlySpan<float> weights)
        where T : Operator, ILinear, IClamped =>
        [
            new TableParameter("weights", ConstantTable.Of("weights", TableType.Float32, weights)),
            new TableParameter(
                "bias",
                ConstantTable.Of<float>("bias", TableType.Float32, Bias(layer.Operator, layer.Output.Shape.Channels))
            ),
            .. Sizes(layer, window),
            new IntegerParameter("groups", 1),
        ];

    private static ImmutableArray<KernelParameter> Integers<T>(Layer<T> layer, Window window)
        where T : Operator, ILinear, IClamped
    {
        var (op, channels) = (layer.Operator, layer.Output.Shape.Channels);
        return
        [
            new TableParameter("weights", new("weights", TableType.Int8, op.Weights.Data)),
            new TableParameter("bias", new("bias", TableType.Int32, op.Bias?.Data ?? [.. new byte[channels * sizeof(int)]])),
            new TableParameter(
                "scale",
                ConstantTable.Of<float>("scale", TableType.Float32, IntegerWeights.RealScales(op.Weights, layer.Types, channels))
            ),
            new TableParameter(
                "weight_zero",
                ConstantTable.Of<sbyte>(
                    "weight_zero",
                    TableType.Int8,
                    [.. Enumerable.Range(0, channels).Select(c => (sbyte)op.Weights.ZeroPointOf(c))]
                )
            ),
            .. Sizes(layer, window),
            new IntegerParameter("in_zero", layer.Input.ZeroPoint),
        ];
    }

    /// <summary>The fields that both blocks have. A fully connected layer is one pixel whose channels are all inputs.</summary>
    internal static ImmutableArray<KernelParameter> Sizes<T>(Layer<T> layer, Window window)
        where T : Operator, ILinear, IClamped
    {
        var isDense = layer.Operator.Weights.Dims.Length == 2;
        return
        [
            new RealParameter("low", layer.Operator.Clamp.Finite.Low),
            new RealParameter("high", layer.Operator.Clamp.Finite.High),
            new IntegerParameter("in_channels", isDense ? layer.Input.Shape.Elements : layer.Input.Shape.Channels),
            new IntegerParameter("out_channels", layer.Output.Shape.Channels),
            new IntegerParameter("in_width", isDense ? 1 : layer.Input.Shape.Width),
            new IntegerParameter("kernel_height", window.KernelHeight),
            new IntegerParameter("kernel_width", window.KernelWidth),
            new IntegerParameter("stride", window.StrideWidth),
            new IntegerParameter("dilation", window.DilationWidth),
            new IntegerParameter("pad_left", window.PadLeft),
        ];
    }

    /// <summary>Weights [channels][taps] in blocks of four channels, [taps][4]; those left over stay as they are.</summary>
    public static T[] Blocks<T>(ReadOnlySpan<T> weights, int channels)
    {
        var packed = weights.ToArray();
        var taps = packed.Length / channels;
        for (var c = 0; c < (channels & ~3); c++)
        {
            for (var t = 0; t < taps; t++)
                packed[((c & ~3) * taps) + 4 * t + (c & 3)] = weights[c * taps + t];
        }

        return packed;
    }
}
