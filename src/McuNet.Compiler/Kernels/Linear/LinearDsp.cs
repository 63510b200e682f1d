using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Linear layers for cores with the DSP extension and a single-precision floating-point unit.</summary>
public static class LinearDsp
{
    private const DeviceFeatures Required = DeviceFeatures.Dsp | DeviceFeatures.FpuSingle;
    private const int MaxRows = 12;
    private const int MaxLineWidth = 9;
    private const int MaxColumns = 24;
    private const int MaxLineBytes = 2048;

    /// <summary>Instructions that a pair of pixels fetches again from a small cache, the mean of many layers.</summary>
    private const int PairCode = 15;

    /// <summary>Those of a row of windows, and of a call for windows at an end of it.</summary>
    private const int RowCode = 2100,
        EdgeCode = 2400;

    /// <summary>Those of a pair whose inputs are summed first, a call by itself.</summary>
    private const int SummedCode = 1900;

    /// <summary>Outputs, and inputs, of a block of weights of the dense kernel with sums of 32 bits.</summary>
    private const int WideBlock = 4;

    public static ImmutableArray<LinearKernel> Convolution { get; } =
    [
        Dot(
            "mn_pointwise_s8_dsp",
            [
                KernelArgument.Row0,
                KernelArgument.Output,
                KernelArgument.EndColumn,
                KernelArgument.Step,
                KernelArgument.Scratch,
                KernelArgument.State,
            ]
        ) with
        {
            ParameterType = "mn_pointwise_dsp",
            Tuning = DotBlocks,
            Sources = ["mn_dot_s8_dsp.h", "mn_widen_s8_dsp.h", "mn_clamp_s8_dsp.h", "mn_dot_stage.h", "mn_pointwise_s8_dsp.c"],
            Applies = l => l.IsPointwise && l.IsSymmetric,
            LoopBytes = (l, rows) => PairCode * (rows * l.Output.Width / 2),
            TargetParameters = PointwiseParameters,
            Records = Records,
            StreamBytes = (l, rows, kept, target) => FlashCost.StagedPairBytes(l, DotRecord(l), rows * l.Output.Width, kept, target),
            ScratchBytes = l => 4 * PaddedTaps(l) + 8,
            Cycles = (l, t) => DspCost.Call + DspCost.Pixels(l, PaddedTaps(l), l.Output.Width, 0, Blocks(t)),
            JoinedCycles = (l, t) => DspCost.Pixels(l, PaddedTaps(l), 2 * l.Output.Width, 0, Blocks(t)) / 2,
        },
        Summed(
            "mn_pointwise_s8_dsp_asym",
            [KernelArgument.Row0, KernelArgument.Output, KernelArgument.EndColumn, KernelArgument.Scratch]
        ) with
        {
            Applies = l => l.IsPointwise && !l.IsSymmetric,
            LoopBytes = (l, rows) => SummedCode * (rows * l.Output.Width / 2),
            StreamBytes = (l, rows, _, target) =>
                FlashCost.PairBytes(DspStream.DotBytes(l.Output.Channels, SummedTaps(l)), 0, rows * l.Output.Width, target),
            ScratchBytes = l => 4 * SummedTaps(l) + 8,
            Cycles = (l, t) => DspCost.Call + DspCost.SummedPixels(l, SummedTaps(l), l.Output.Width, 0, Blocks(t)),
            JoinedCycles = (l, t) => DspCost.SummedPixels(l, SummedTaps(l), 2 * l.Output.Width, 0, Blocks(t)) / 2,
        },
        Dot(
            "mn_conv_s8_dsp",
            [
                KernelArgument.Window,
                KernelArgument.Output,
                KernelArgument.EndColumn,
                KernelArgument.Step,
                KernelArgument.Scratch,
                KernelArgument.State,
            ],
            "mn_conv_window.h",
            "mn_dot_stage.h"
        ) with
        {
            Applies = l => !l.IsPointwise && l.IsSymmetric && l.Window.KernelHeight <= MaxRows,
            LoopBytes = (l, _) => WindowCode(l),
            ScratchBytes = l => WindowBytes(l, PaddedTaps(l)),
            Records = Records,
            StreamBytes = (l, rows, kept, target) => FlashCost.PairBytes(DotBytes(l), kept * DotRecord(l).Bytes, l.Output.Width, target),
            Cycles = (l, t) => DspCost.Call + DspCost.Pixels(l, PaddedTaps(l), l.Output.Width, DspCost.Edge, Blocks(t)),
        },
        Summed(
            "mn_conv_s8_dsp_asym",
            [KernelArgument.Window, KernelArgument.Output, KernelArgument.EndColumn, KernelArgument.Scratch],
            "mn_conv_window.h"
        ) with
        {
            Applies = l => !l.IsPointwise && !l.IsSymmetric && l.Window.KernelHeight <= MaxRows,
            LoopBytes = (l, _) => WindowCode(l) + SummedCode * (l.Output.Width / 2),
            StreamBytes = (l, rows, _, target) =>
                FlashCost.PairBytes(DspStream.DotBytes(l.Output.Channels, SummedTaps(l)), 0, rows * l.Output.Width, target),
            ScratchBytes = l => WindowBytes(l, SummedTaps(l)),
            Cycles = (l, t) => DspCost.Call + DspCost.SummedPixels(l, SummedTaps(l), l.Output.Width, DspCost.Edge, Blocks(t)),
        },
    ];

    public static ImmutableArray<LinearKernel> Depthwise { get; } =
    [
        DepthwiseRow("mn_depthwise3x3_s8_dsp", Chunk3x3, DspStream.Depthwise3x3) with
        {
            IsLarge = true,
            Applies = l => IsDepthwise(l) && l.IsSymmetric && Strides(l) && l.Window is { KernelHeight: 3, KernelWidth: 3 },
            TableBytes = DspStream.Depthwise3x3Bytes,
            ScratchBytes = l => Rounded(l.Input.Channels, 4) + 72 * Triples(l),
            Cycles = (l, _) => Chunks(l, Chunk3x3(l)) * DspCost.Depthwise3x3(l, Chunk3x3(l), Triples(l)),
        },
        DepthwiseRow("mn_depthwise_s8_dsp", ChunkLines, DspStream.DepthwiseLines) with
        {
            IsLarge = true,
            Applies = l => IsDepthwise(l) && l.IsSymmetric && Strides(l) && l.Window.KernelWidth <= MaxLineWidth,
            TableBytes = DspStream.DepthwiseLinesBytes,
            ScratchBytes = l => Rounded(l.Input.Channels, 4) + LineBytes(l, ChunkLines(l)),
            Cycles = (l, _) => Chunks(l, ChunkLines(l)) * DspCost.DepthwiseLines(l, ChunkLines(l), LineBytes(l, ChunkLines(l))),
        },
        Narrow("mn_depthwise_s8_dsp_narrow") with
        {
            Applies = l => IsDepthwise(l) && l.IsSymmetric,
        },
        Narrow("mn_depthwise_s8_dsp_narrow_asym") with
        {
            Applies = l => IsDepthwise(l) && !l.IsSymmetric,
            Holds = SharedZeroPoint.Serves,
        },
    ];

    public static ImmutableArray<LinearKernel> Dense { get; } =
    [
        DotDense("mn_dense_s8_dsp_eights") with
        {
            Applies = l => l.IsSymmetric && l.Output.Channels % DspStream.Eight == 0,
            Parameters = l => DotParameters(l, DspStream.OrderRuns(1, l.Taps), DspStream.DotEights),
            ScratchBytes = l => 2 * PaddedTaps(l),
            Cycles = (l, _) => DspCost.Call + DspCost.Eights(l, PaddedTaps(l)),
        },
        DotDense("mn_dense_s8_dsp") with
        {
            Applies = l => l.IsSymmetric,
            Parameters = l => DotParameters(l, DspStream.OrderRuns(1, l.Taps)),
            ScratchBytes = l => 2 * PaddedTaps(l) + 8,
            Cycles = (l, _) => DspCost.Call + DspCost.Pixel(l, PaddedTaps(l)),
        },
        new()
        {
            Function = "mn_dense_s8_dsp_wide",
            Sources = ["mn_sum_s8_dsp.h", "mn_dense.h", "mn_dense_s8_dsp_wide.c"],
            Required = Required,
            ParameterType = "mn_dense",
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            Applies = _ => true,
            IsFallback = true,
            Pack = l => WeightPacking.Chunk(l, WideBlock, WideBlock),
            ScratchBytes = _ => 0,
            Cycles = (l, _) => DspCost.WideDense(l),
        },
    ];

    /// <summary>Blocks of four taps that the loop over pairs of pixels unrolls: with what a pair needs besides, the fewer fit a small
    /// cache.</summary>
    internal static int Blocks(KernelTarget target) => target.HasSmallCodeCache ? 3 : 8;

    internal static ImmutableArray<string> DotBlocks(KernelTarget target) => [$"mn_dot_blocks{Blocks(target)}.h"];

    private static LinearKernel Dot(string function, ImmutableArray<KernelArgument> arguments, params ImmutableArray<string> headers) =>
        new()
        {
            Function = function,
            Tuning = DotBlocks,
            Sources = ["mn_dot_s8_dsp.h", "mn_widen_s8_dsp.h", "mn_clamp_s8_dsp.h", "mn_conv_dsp.h", .. headers, $"{function}.c"],
            Required = Required,
            ParameterType = "mn_conv_dsp",
            Arguments = arguments,
            Applies = _ => false,
            Holds = DspStream.FitsDot,
            Parameters = l => DotParameters(l, DspStream.OrderRuns(l.Window.KernelHeight, l.Window.KernelWidth * l.Input.Channels)),
            TableBytes = DotBytes,
            ScratchBytes = _ => 0,
            Cycles = (_, _) => 0,
        };

    private static LinearKernel DotDense(string function) =>
        new()
        {
            Function = function,
            Tuning = DotBlocks,
            Sources = ["mn_dot_s8_dsp.h", "mn_widen_s8_dsp.h", "mn_clamp_s8_dsp.h", "mn_dense_dsp.h", $"{function}.c"],
            Required = Required,
            ParameterType = "mn_dense_dsp",
            Arguments = [KernelArgument.Whole0, KernelArgument.Output, KernelArgument.Scratch],
            Applies = _ => false,
            Holds = DspStream.FitsDot,
            TableBytes = DotBytes,
            ScratchBytes = _ => 0,
            Cycles = (_, _) => 0,
        };

    /// <summary>As <see cref="Dot"/>, for weights with zero points: sums are further inputs.</summary>
    private static LinearKernel Summed(string function, ImmutableArray<KernelArgument> arguments, params ImmutableArray<string> headers) =>
        Dot(function, arguments, [.. headers, "mn_sum_s8.h", "mn_dot_sums.h"]) with
        {
            Holds = SummedInputs.Fits,
            Parameters = l => DotParameters(l, SummedInputs.Order(l), SummedInputs.Stream),
            TableBytes = l => DspStream.DotBytes(l.Output.Channels, SummedTaps(l)),
        };

    private static LinearKernel Narrow(string function) =>
        DepthwiseRow(function, _ => 1, DspStream.DepthwiseNarrow, "mn_depthwise_narrow.h") with
        {
            TableBytes = DspStream.DepthwiseNarrowBytes,
            StreamBytes = (l, _, _, target) => FlashCost.Repeated(target, DspStream.DepthwiseNarrowBytes(l), l.Output.Width),
            ScratchBytes = l => Rounded(l.Input.Channels, 4) + 4 * l.Taps,
            Cycles = (l, _) => DspCost.Call + l.Output.Width * DspCost.DepthwisePixel(l),
        };

    private static LinearKernel DepthwiseRow(
        string function,
        Func<LinearShape, int> chunk,
        Func<LinearLayer, uint[]> stream,
        params ImmutableArray<string> headers
    ) =>
        new()
        {
            Function = function,
            Sources = ["mn_clamp_s8_dsp.h", "mn_depthwise_dsp.h", .. headers, $"{function}.c"],
            Required = Required,
            ParameterType = "mn_depthwise_dsp",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.EndColumn, KernelArgument.Scratch],
            Applies = _ => false,
            Parameters = l =>
                [
                    Stream(stream(l)),
                    new IntegerParameter("in_width", l.Input.Width),
                    new IntegerParameter("channels", l.Input.Channels),
                    .. LinearParameters.Window(l),
                    new IntegerParameter("chunk", chunk(l)),
                    .. LinearParameters.Range(l),
                ],
            ScratchBytes = _ => 0,
            Cycles = (_, _) => 0,
        };

    private static ImmutableArray<KernelParameter> DotParameters(LinearLayer layer, int[] order) =>
        DotParameters(layer, order, DspStream.Dot);

    private static ImmutableArray<KernelParameter> DotParameters(LinearLayer layer, int[] order, Func<LinearLayer, int[], uint[]> stream)
    {
        var words = stream(layer, order);
        return
        [
            Stream(words),
            new IntegerParameter("stream_words", words.Length),
            new IntegerParameter("taps", order.Length),
            .. LinearParameters.Shape(layer),
            .. LinearParameters.Range(layer),
            .. layer.Kind == LinearKind.Dense ? ImmutableArray<KernelParameter>.Empty : [new IntegerParameter(KernelCall.KeptRecords, 0)],
        ];
    }

    private static ImmutableArray<KernelParameter> PointwiseParameters(LinearLayer layer, KernelTarget target) =>
        [
            Stream(DspStream.Dot(layer, DspStream.OrderRuns(1, layer.Input.Channels))),
            new IntegerParameter("in_channels", layer.Input.Channels),
            new IntegerParameter("out_channels", layer.Output.Channels),
            new IntegerParameter("stride", layer.Window.StrideWidth),
            new IntegerParameter("out_min", layer.OutputMin),
            new IntegerParameter("out_max", layer.OutputMax),
            new IntegerParameter(KernelCall.KeptRecords, 0),
            new IntegerParameter("stage_pairs", FlashCost.Stages(target) && Records(layer) is not null ? FlashCost.StagedPairs : 0),
        ];

    /// <summary>Those of whole groups of channels, of which some may be kept in RAM.</summary>
    private static StreamRecords? Records(LinearShape layer) => layer.Output.Channels % 4 == 0 ? DotRecord(layer) : null;

    private static StreamRecords DotRecord(LinearShape layer) =>
        new(DspStream.DotBytes(4, PaddedTaps(layer)), (layer.Output.Channels + 3) / 4);

    private static TableParameter Stream(uint[] words) => new("stream", ConstantTable.Of<uint>("stream", TableType.UInt32, words));

    private static int DotBytes(LinearShape layer) => DspStream.DotBytes(layer.Output.Channels, PaddedTaps(layer));

    private static double WindowCode(LinearShape layer) => RowCode + EdgeCode * Math.Min(2, DspCost.EdgeColumns(layer));

    private static bool IsDepthwise(LinearShape layer) => layer.Input.Channels == layer.Output.Channels && layer.Input.Channels >= 4;

    private static bool Strides(LinearShape layer) => layer.Window is { StrideWidth: 1 or 2, DilationWidth: 1 };

    /// <summary>Inputs and their sums.</summary>
    private static int SummedTaps(LinearShape layer) => Rounded(layer.Taps + SummedInputs.Count(layer), 4);

    private static int PaddedTaps(LinearShape layer) => Rounded(layer.Taps, 4);

    /// <summary>Scratch of two widened windows and the runs that leave the input.</summary>
    private static int WindowBytes(LinearShape layer, int taps) =>
        4 * taps + 8 + 3 * Rounded(layer.Window.KernelWidth * layer.Input.Channels, 4);

    private static int Rounded(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static int Chunks(LinearShape layer, int chunk) => (layer.Output.Width + chunk - 1) / chunk;

    private static int Chunk3x3(LinearShape layer)
    {
        var most = MaxColumns / layer.Window.StrideWidth;
        return Rounded((layer.Output.Width + Chunks(layer, most) - 1) / Chunks(layer, most), 2);
    }

    private static int Triples(LinearShape layer) => (Chunk3x3(layer) + 1) / 2 * layer.Window.StrideWidth + 1;

    private static int ChunkLines(LinearShape layer)
    {
        var chunk = Rounded(Math.Min(layer.Output.Width, MaxColumns), 4);
        while (chunk > 4 && LineBytes(layer, chunk) > MaxLineBytes)
            chunk -= 4;
        return chunk;
    }

    private static int LineBytes(LinearShape layer, int chunk) =>
        24
        * ((layer.Window.KernelHeight + 1) / 2)
        * Rounded((Rounded(chunk, 4) - 1) * layer.Window.StrideWidth + layer.Window.KernelWidth, 2);
}
