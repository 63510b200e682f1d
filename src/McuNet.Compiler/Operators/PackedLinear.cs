using System;
using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Kernels of layers on real numbers whose weights lie in flash in fewer bits; results are those of <see cref="RealLinear"/> for the
/// widened weights, bit for bit.
/// </summary>
internal static class PackedLinear
{
    /// <summary>Most taps of a kernel row that are widened at a time, four channels each, and most weights of a depthwise layer.</summary>
    private const int MostTaps = 64;
    private const int MostDepthwise = 256;

    /// <summary>
    /// Of a depthwise layer beside the two operations: cycles of a product, whose input's channel is a quotient, of a row of a window, and
    /// of an output.
    /// </summary>
    private const double DepthwiseProduct = 13,
        DepthwiseRow = 15,
        DepthwiseOutput = 28;

    /// <summary>Cycles of an input pixel of a group, whose few products are a call of a function.</summary>
    private const double GroupHalves = 62,
        GroupIntegers = 107;

    /// <summary>Cycles for which a chunk takes the sum of an output up and puts it back, and finds its inputs.</summary>
    private const double ChunkOutput = 19;

    private static readonly ImmutableArray<string> InChunksHeaders =
    [
        "mn_real_limit.h",
        "mn_real_sums.h",
        "mn_real_sums_fpu.h",
        "mn_packed.h",
        "mn_real_packed.h",
        "mn_conv_packed.h",
    ];

    private static readonly ImmutableArray<string> OneByOneHeaders = ["mn_real_limit.h", .. PackedWeights.Headers, "mn_real_packed.h"];

    public static ImmutableArray<OperatorKernel<Layer<T>>> Convolution<T>(Func<T, Window> window, Func<T, int> groups)
        where T : Operator, ILinear, IClamped =>
        [
            InChunks("mn_conv_f32_portable_packed", window, ["mn_columns.h"], KernelArgument.Window) with
            {
                Applies = l => IsPacked(l) && groups(l.Operator) == 1 && !RealLinear.IsPointwise(window(l.Operator)),
            },
            InChunks("mn_conv_f32_fpu_packed", window, [], KernelArgument.Window, DeviceFeatures.FpuSingle) with
            {
                Applies = l => IsPacked(l) && groups(l.Operator) == 1 && !RealLinear.IsPointwise(window(l.Operator)),
            },
            InChunks("mn_pointwise_f32_portable_packed", window, [], KernelArgument.Row0) with
            {
                Applies = l => IsPacked(l) && groups(l.Operator) == 1 && RealLinear.IsPointwise(window(l.Operator)),
            },
            InChunks("mn_pointwise_f32_fpu_packed", window, [], KernelArgument.Row0, DeviceFeatures.FpuSingle) with
            {
                Applies = l => IsPacked(l) && groups(l.Operator) == 1 && RealLinear.IsPointwise(window(l.Operator)),
            },
            OneByOne("mn_conv_grouped_f32_portable_packed", window, ["mn_columns.h"], KernelArgument.Window) with
            {
                Applies = l => IsPacked(l) && groups(l.Operator) > 1,
                Parameters = l =>
                    Parameters(
                        l,
                        window(l.Operator),
                        PackedWeights.InRows(l.Operator.Weights, l.Output.Shape.Channels),
                        1,
                        groups(l.Operator)
                    ),
                Reads = (l, _) => l.Output.Shape.Width,
                Cycles = (l, t) => GroupedRow(l, window(l.Operator), l.Input.Shape.Channels / groups(l.Operator), t),
                AloneShare = _ => 0.62,
            },
        ];

    public static OperatorKernel<Layer<T>> Dense<T>(Window pixel)
        where T : Operator, ILinear, IClamped => OneByOne<T>("mn_dense_f32_portable_packed", _ => pixel, [], KernelArgument.Row0);

    public static OperatorKernel<Layer<T>> Depthwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped
    {
        int Channels(Layer<T> layer) => Math.Clamp(MostDepthwise / window(layer.Operator).Taps, 1, layer.Output.Shape.Channels);
        ImmutableArray<string> headers = ["mn_real_limit.h", "mn_columns.h", "mn_packed.h", "mn_real_packed.h"];
        return Row("mn_depthwise_f32_portable_packed", window, headers, KernelArgument.Window) with
        {
            Parameters = l =>
                Parameters(l, window(l.Operator), PackedWeights.InRows(l.Operator.Weights, l.Output.Shape.Channels), Channels(l)),
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            ScratchBytes = l => sizeof(float) * Channels(l) * window(l.Operator).Taps,
            Cycles = (l, t) =>
                DepthwiseOf(l, window(l.Operator), t)
                + l.Operator.Weights.Count * RealCost.WideningDepthwise(t, l.Operator.Weights.Form!.IsFloat16),
            AloneShare = l => l.Operator.Weights.Form!.IsFloat16 ? 0.82 : 0.77,
        };
    }

    private static double DepthwiseOf<T>(Layer<T> layer, Window window, KernelTarget target)
        where T : Operator
    {
        var (rows, taps) = window.MeanInside(layer.Input.Shape, layer.Output.Shape);
        var product = DepthwiseProduct + 2 * (target.Has(DeviceFeatures.FpuSingle) ? 1 : PortableCost.Of(target).FloatOperation);
        return PortableCost.Call
            + layer.Output.Shape.RowElements * (taps * product + rows * DepthwiseRow + DepthwiseOutput + RealCost.Output(target));
    }

    private static double GroupedRow<T>(Layer<T> layer, Window window, int depth, KernelTarget target)
        where T : Operator, ILinear
    {
        var (form, pixels) = (layer.Operator.Weights.Form!, window.MeanInside(layer.Input.Shape, layer.Output.Shape).Taps);
        var pixel =
            (form.IsFloat16 ? GroupHalves : GroupIntegers)
            + depth * (RealCost.SingleMac(target) + RealCost.WideningInPlace(target, form.Bits, isBlocked: false));
        return PortableCost.Call + layer.Output.Shape.RowElements * (pixels * pixel + RealCost.Output(target));
    }

    private static bool IsPacked<T>(Layer<T> layer)
        where T : Operator, ILinear => layer.Operator.Weights.Form is not null;

    /// <summary>Taps of a kernel row that are widened at a time.</summary>
    private static int ChunkOf<T>(Layer<T> layer, Window window)
        where T : Operator => Math.Min(MostTaps, (window.DilationWidth > 1 ? 1 : window.KernelWidth) * layer.Input.Shape.Channels);

    /// <summary>How many chunks the taps of a window are.</summary>
    private static int Chunks<T>(Layer<T> layer, Window window)
        where T : Operator
    {
        var (inputs, chunk) = (layer.Input.Shape.Channels, ChunkOf(layer, window));
        var (runs, length) = window.DilationWidth > 1 ? (window.KernelWidth, inputs) : (1, window.KernelWidth * inputs);
        return window.KernelHeight * runs * ((length + chunk - 1) / chunk);
    }

    private static OperatorKernel<Layer<T>> InChunks<T>(
        string function,
        Func<T, Window> window,
        ImmutableArray<string> headers,
        KernelArgument input,
        DeviceFeatures required = DeviceFeatures.None
    )
        where T : Operator, ILinear, IClamped
    {
        double Cycles(Layer<T> layer, KernelTarget target)
        {
            var (shape, chunks) = (layer.Output.Shape, Chunks(layer, window(layer.Operator)));
            var sums = required.HasFlag(DeviceFeatures.FpuSingle)
                ? PortableCost.Call
                    + shape.Channels
                        * RealCost.FpuRow(
                            RealLinear.Taps(layer),
                            chunks,
                            PixelGroups.Of(window(layer.Operator), layer.Input.Shape, shape),
                            isChunked: true
                        )
                : RealLinear.Cycles(layer, RealLinear.Taps(layer), RealCost.BlockedMac(target), target);
            return sums + shape.RowElements * ChunkOutput * chunks;
        }

        return Row(function, window, [.. InChunksHeaders, .. headers], input) with
        {
            Required = required,
            Arguments = [input, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            ScratchBytes = l => 4 * sizeof(float) * ChunkOf(l, window(l.Operator)),
            Cycles = (l, t) => Cycles(l, t) + l.Operator.Weights.Count * RealCost.Widening(t, l.Operator.Weights.Form!.IsFloat16),
            JoinedCycles = input == KernelArgument.Row0 ? (l, t) => Cycles(l, t) - PortableCost.Call : null,
        };
    }

    private static OperatorKernel<Layer<T>> OneByOne<T>(
        string function,
        Func<T, Window> window,
        ImmutableArray<string> headers,
        KernelArgument input
    )
        where T : Operator, ILinear, IClamped =>
        Row(function, window, [.. OneByOneHeaders, .. headers], input) with
        {
            Cycles = (l, t) => RealLinear.Cycles(l, RealLinear.Taps(l), InPlace(l, t), t),
        };

    /// <summary>A product whose weight is widened for it, in the mean of the channels in blocks of four and of those left.</summary>
    private static double InPlace<T>(Layer<T> layer, KernelTarget target)
        where T : Operator, ILinear
    {
        var (channels, bits) = (layer.Output.Shape.Channels, layer.Operator.Weights.Form!.Bits);
        var lone = channels % 4;
        return RealCost.SingleMac(target)
            + (
                (channels - lone) * RealCost.WideningInPlace(target, bits, isBlocked: true)
                + lone * RealCost.WideningInPlace(target, bits, isBlocked: false)
            ) / channels;
    }

    private static OperatorKernel<Layer<T>> Row<T>(
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
            ParameterType = "mn_real_packed",
            Applies = IsPacked,
            Parameters = l =>
                Parameters(
                    l,
                    window(l.Operator),
                    PackedWeights.InBlocks(l.Operator.Weights, l.Output.Shape.Channels),
                    ChunkOf(l, window(l.Operator))
                ),
            Arguments = [input, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (_, _) => 0,
        };

    private static ImmutableArray<KernelParameter> Parameters<T>(
        Layer<T> layer,
        Window window,
        PackedWeights packed,
        int chunk,
        int groups = 1
    )
        where T : Operator, ILinear, IClamped
    {
        var sizes = RealLinear.Sizes(layer, window);
        return
        [
            .. packed.Tables,
            new TableParameter(
                "bias",
                ConstantTable.Of<float>("bias", TableType.Float32, RealLinear.Bias(layer.Operator, layer.Output.Shape.Channels))
            ),
            .. sizes[..2],
            .. packed.Groups,
            .. sizes[2..],
            new IntegerParameter("chunk", chunk),
            .. packed.Format,
            new IntegerParameter("groups", groups),
        ];
    }
}
