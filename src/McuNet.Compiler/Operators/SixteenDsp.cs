using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>
/// Kernels of <see cref="SixteenLinear"/> for cores with the DSP extension and an FPU: two products an instruction, sums of 32 bits, no
/// zero points but one of int8 inputs. What they cost was measured on a Cortex-M4F.
/// </summary>
internal static class SixteenDsp
{
    /// <summary>Cycles of two pixels by two channels: of a tap, of what is about them, and of a pixel.</summary>
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

    private static readonly ImmutableArray<(string From, string To)> Types = [("s16", "s16"), ("s16", "s8"), ("s8", "s16")];

    /// <summary>Convolutions of one group [C_out, kernel height, kernel width, C_in].</summary>
    public static IEnumerable<OperatorKernel<Layer<T>>> Convolution<T>(Func<T, Window> window, Func<T, int> groups)
        where T : Operator, ILinear, IClamped =>
        [
            .. Pointwise(LinearKind.Convolution, window)
                .Select(k => k with { Applies = l => groups(l.Operator) == 1 && RealLinear.IsPointwise(window(l.Operator)) }),
            .. Rows(
                    "conv",
                    LinearKind.Convolution,
                    [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
                    window,
                    l => Row(l, l.Output.Shape.Width, WindowCycles(l, window(l.Operator)))
                )
                .Select(k =>
                    k with
                    {
                        Applies = l => groups(l.Operator) == 1 && !RealLinear.IsPointwise(window(l.Operator)),
                        ScratchBytes = ScratchBytes,
                    }
                ),
        ];

    /// <summary>Pointwise convolutions and fully connected layers [C_out, inputs].</summary>
    public static IEnumerable<OperatorKernel<Layer<T>>> Pointwise<T>(LinearKind kind, Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        Rows(
                "pointwise",
                kind,
                [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
                window,
                l => Row(l, l.Output.Shape.Width, PixelCycles(l))
            )
            .Select(k =>
                k with
                {
                    ScratchBytes = l => IsRead(l) ? 0 : ScratchBytes(l),
                    JoinedCycles = (l, _) => Row(l, 2 * l.Output.Shape.Width, PixelCycles(l)) / 2,
                }
            );

    /// <summary>Depthwise convolutions with one output for each channel [kernel height, kernel width, C].</summary>
    public static IEnumerable<OperatorKernel<Layer<T>>> Depthwise<T>(Func<T, Window> window)
        where T : Operator, ILinear, IClamped =>
        Rows(
                "depthwise",
                LinearKind.Depthwise,
                [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
                window,
                l => DepthwiseCycles(l, window(l.Operator))
            )
            .Select(k => k with { Applies = l => l.Input.Shape.Channels == l.Output.Shape.Channels });

    /// <param name="cycles">Of a row, without the call.</param>
    private static IEnumerable<OperatorKernel<Layer<T>>> Rows<T>(
        string name,
        LinearKind kind,
        ImmutableArray<KernelArgument> arguments,
        Func<T, Window> window,
        Func<Layer<T>, double> cycles
    )
        where T : Operator, ILinear, IClamped =>
        Types.Select(types =>
        {
            var function = $"mn_{name}_{types.From}{(types.To == types.From ? "" : types.To)}_dsp";
            return new OperatorKernel<Layer<T>>
            {
                Function = function,
                Required = DeviceFeatures.Dsp | DeviceFeatures.FpuSingle,
                Sources =
                [
                    "mn_columns.h",
                    "mn_sixteen_dsp.h",
                    .. kind == LinearKind.Depthwise ? ImmutableArray<string>.Empty : [$"mn_sixteen_outputs_{types.To}.h"],
                    $"{function}.c",
                ],
                ParameterType = "mn_sixteen",
                Holds = l => HasNoZeroPoints(l.Operator, l.Types) && SixteenLinear.FitsWord(l.Operator, l.Types),
                Parameters = l =>
                    Parameters(
                        LinearLayers.Plain(kind, l.Types, l.Operator.Weights, l.Operator.Bias, window(l.Operator), l.Operator.Clamp)
                    ),
                Arguments = arguments,
                Cycles = (l, _) => PortableCost.Call + cycles(l),
                Reads = (l, rows) => kind == LinearKind.Depthwise ? rows * l.Output.Shape.Width : (rows * l.Output.Shape.Width + 1) / 2,
            };
        });

    private static bool HasNoZeroPoints(ILinear layer, NodeTypes types) =>
        (types.Input.Element == ElementType.Int8 || types.Input.ZeroPoint == 0) && layer.Weights.IsSymmetric;

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

    private static double PixelCycles<T>(Layer<T> layer)
        where T : Operator, ILinear => IsRead(layer) ? 0 : Gathered(layer);

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
}
