using System;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Cycles of the DSP kernels by the Cortex-M4 instruction timing table, zero-wait-state memory.</summary>
internal static class DspCost
{
    /// <summary>Entry and set-up of one call.</summary>
    public const double Call = 250;

    /// <summary>Gathering one window that leaves the input, per kernel row.</summary>
    public const double Edge = 120;

    private const double PairGroup = 54;
    private const double PixelGroup = 46;
    private const double PairTap = 7.5;
    private const double PixelTap = 4.75;
    private const double EightGroup = 66;
    private const double EightTap = 9.25;
    private const double LoopEnd = 5;

    /// <summary>What a record of two pixels, or of one, takes more by float32 than by integers.</summary>
    private const double PairFloat = 47,
        PixelFloat = 8;

    /// <summary>Taps of layers half of whose records no integers serve: the more products, the finer what float32 rounds.</summary>
    private const double HalfFloat = 160;
    private const int LoopTaps = 32,
        EightLoopTaps = 20;
    private const double WidenTap = 1.5;
    private const double WidenRun = 25;
    private const double GroupWidenRun = 38;

    /// <summary>
    /// What a call for two pixels of a group takes beside its records, with each pixel under the window; and what it saves of that as part
    /// of its layer's function.
    /// </summary>
    private const double GroupPair = 310,
        GroupRun = 24,
        GroupAlonePair = 126,
        GroupAloneRun = 12;

    private const double SummedPixel = 85;
    private const double SummedRun = 25;
    private const double SummedWindowRun = 35;
    private const double SummedTap = 1.1;
    private const double WideCall = 60;
    private const double WideBlock = 100;
    private const double WideTap = 6.8;
    private const double WideSingleTap = 8;
    private const double PlaneCall = 400;
    private const double PlaneBlock = 66;
    private const double PlaneBlockStride2 = 77;
    private const double PlaneStrip = 50;
    private const double PlaneOdd = 14;
    private const double PlaneChannel = 42;
    private const double PlaneLine = 25;
    private const double PlaneGroup = 100;
    private const double PlaneWeights = 5;

    /// <summary>A row of pixels, two at a time; <paramref name="edge"/> is paid per column whose window leaves the input.</summary>
    /// <param name="blocks">Blocks of four taps that the loop unrolls.</param>
    public static double Pixels(LinearShape layer, int taps, int pixels, double edge, int blocks)
    {
        var widening = 2 * WidenTap * taps + WidenRun * layer.Window.KernelHeight;
        var pair =
            Groups(layer) * (PairGroup + PairFloat * Floats(taps) + PairTap * taps + LoopEnd * Loops(taps, 4 * blocks))
            + widening
            + (edge > 0 ? 60 : 10);
        var edges = edge > 0 ? edge * layer.Window.KernelHeight * EdgeColumns(layer) : 0;
        return pixels / 2 * pair + pixels % 2 * Pixel(layer, taps) + edges;
    }

    /// <summary>A row of a convolution in groups: pairs of pixels of one group after the other, each pixel under the window a
    /// run.</summary>
    public static double GroupedPixels(LinearShape layer, int taps, int blocks)
    {
        var runs = layer.Window.Taps;
        var records = (layer.Output.Channels / layer.Groups + 3) / 4;
        var pair =
            records * (PairGroup + PairFloat * Floats(taps) + PairTap * taps + LoopEnd * Loops(taps, 4 * blocks))
            + 2 * WidenTap * taps
            + (GroupWidenRun + GroupRun) * runs
            + GroupPair;
        return Call + GroupPairs(layer) * pair;
    }

    /// <summary>What is left of that where no other layer calls the kernel.</summary>
    public static double GroupedAloneShare(LinearShape layer, int taps) =>
        1 - GroupPairs(layer) * (GroupAlonePair + GroupAloneRun * layer.Window.Taps) / GroupedPixels(layer, taps, LoopTaps / 4);

    private static int GroupPairs(LinearShape layer) => layer.Groups * ((layer.Output.Width + 1) / 2);

    /// <summary>As <see cref="Pixels"/>, where the inputs of each pair are summed before.</summary>
    public static double SummedPixels(LinearShape layer, int taps, int pixels, double edge, int blocks) =>
        Pixels(layer, taps, pixels, edge, blocks)
        + pixels
            * (SummedPixel + (edge > 0 ? SummedRun + SummedWindowRun : SummedRun) * layer.Window.KernelHeight + SummedTap * layer.Taps);

    /// <summary>A dense layer by sums of 32 bits, four outputs at a time and the rest one by one.</summary>
    public static double WideDense(LinearShape layer)
    {
        var (blocks, rest) = (layer.Output.Channels / 4, layer.Output.Channels % 4);
        var sum = layer.IsSymmetric ? 0 : SummedTap * layer.Taps;
        return WideCall + blocks * (WideBlock + WideTap * layer.Taps) + rest * (WideBlock / 4 + WideSingleTap * layer.Taps) + sum;
    }

    public static double Pixel(LinearShape layer, int taps) =>
        Groups(layer) * (PixelGroup + PixelFloat * Floats(taps) + PixelTap * taps + LoopEnd * Loops(taps, LoopTaps)) + 2 * taps + 100;

    /// <summary>A dense layer, eight outputs at a time.</summary>
    public static double Eights(LinearShape layer, int taps) =>
        layer.Output.Channels
            / DspStream.Eight
            * (EightGroup + 2 * PixelFloat * Floats(taps) + EightTap * taps + LoopEnd * Loops(taps, EightLoopTaps))
        + 2 * taps;

    public static double Depthwise3x3(LinearShape layer, int columns, int triples) =>
        Call + 60 * triples + Groups(layer) * (100 + 49 * triples + 4 * (45 + 30 * ((columns + 1) / 2)));

    public static double DepthwiseLines(LinearShape layer, int columns, int bytes)
    {
        var (pairs, width) = ((layer.Window.KernelHeight + 1) / 2, layer.Window.KernelWidth);
        var row = 10 + width / 2 * (layer.Window.StrideWidth == 1 ? 17 : 21) + width % 2 * 15;
        return Call + bytes * 0.8 + Groups(layer) * (100 + bytes * 0.73 + 4 * (35 + (columns + 3) / 4 * (45 + pairs * row)));
    }

    public static double DepthwisePixel(LinearShape layer) =>
        150 + layer.Taps * 12 + Groups(layer) * (50 + (layer.IsSymmetric ? 0 : 3) + 11 * layer.Taps);

    /// <summary>A call of a 3 x 3 layer, the mean of all: two rows of two outputs together, strips of two rows, a transposition per group
    /// of four channels.</summary>
    public static double Planes3x3(PlaneShape shape)
    {
        var block = shape.Stride == 1 ? PlaneBlock : PlaneBlockStride2;
        var strip = PlaneStrip + shape.OutWidth % 2 * PlaneOdd + (shape.OutWidth + 1) / 2 * block;
        return Bands(shape, (_, rows) => PlaneChannel + (rows + 1) / 2 * strip);
    }

    /// <summary>A call of a layer of five or seven columns, the mean of all: four outputs of a row together, two at its end.</summary>
    public static double Planes(PlaneShape shape)
    {
        var (fours, twos) = ((shape.OutWidth + 1) / 4, (shape.OutWidth % 4 + 1) / 2 % 2);
        var stride = shape.Stride == 1 ? 0 : 1;
        var line = fours * (8 + 7 * shape.KernelWidth + 6 * stride) + twos * (8.5 + 4.5 * shape.KernelWidth + 4 * stride);
        var row = 10 + fours * 45 + twos * 30;
        return Bands(
            shape,
            (first, rows) => PlaneWeights * shape.PairedWords + 290 + Enumerable.Range(first, rows).Sum(y => row + shape.LinesOf(y) * line)
        );
    }

    /// <param name="channel">Cycles of one channel of a band, by its first row and its rows.</param>
    private static double Bands(PlaneShape shape, Func<int, int, double> channel)
    {
        var (cycles, groups) = (PlaneCall * shape.Calls, (shape.Layer.Output.Channels + 3) / 4);
        for (var first = 0; first < shape.OutHeight; first += shape.Band)
        {
            var rows = Math.Min(shape.Band, shape.OutHeight - first);
            var begin = first * shape.StrideHeight - shape.PadTop;
            var lines = shape.LinesWithInput(begin, begin + 2 * shape.Lines(rows));
            cycles +=
                shape.Lines(rows) * 4 * shape.Columns
                + lines * 60 * shape.Stride
                + groups * (PlaneGroup + lines * (PlaneLine * shape.Stride + 16 * shape.InWidth) + 4 * channel(first, rows));
        }

        return cycles / shape.Calls;
    }

    public static int EdgeColumns(LinearShape layer) => layer.Window.EdgeColumns(layer.Input.Width, layer.Output.Width);

    /// <summary>The share of records by float32, the mean of many layers.</summary>
    private static double Floats(int taps) => taps / (taps + HalfFloat);

    private static int Groups(LinearShape layer) => (layer.Output.Channels + 3) / 4;

    private static int Loops(int taps, int loop) => (taps + loop - 1) / loop;
}
