using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// What the DSP kernels read: per block of channels start values, weights and requantisation one behind the other, as words.
/// The order of taps in scratch is a list of tap numbers, -1 for padding.
/// </summary>
internal static class DspStream
{
    private const int DepthwiseBits = 1;
    private const long DotSumLimit = 1L << 23;
    private const uint FloatMark = 0x80000000u;

    /// <summary>Start value, multiplier and offset in front of a channel's weights.</summary>
    private const int HeadWords = 3;

    /// <summary>Start value and multiplier of a record for whole layers.</summary>
    private const int PlaneHeadWords = 2;

    /// <summary>Multipliers and offsets behind the weights of a record of four channels.</summary>
    private const int QuadTailWords = 5;

    /// <summary>Channels of a record of <see cref="DotEights"/>.</summary>
    public const int Eight = 8;

    /// <summary>Of each run the whole quads as (0, 2), (1, 3), then what is left of all runs, padded to a multiple of four.</summary>
    public static int[] OrderRuns(int runs, int run)
    {
        var order = new List<int>();
        for (var first = 0; first < runs * run; first += run)
        {
            for (var q = first; q + 4 <= first + run; q += 4)
                order.AddRange([q, q + 2, q + 1, q + 3]);
        }

        for (var first = 0; first < runs * run; first += run)
        {
            for (var i = first + run / 4 * 4; i < first + run; i++)
                order.Add(i);
        }

        while (order.Count % 4 != 0)
            order.Add(-1);
        return [.. order];
    }

    /// <summary>Whether channel pairs fit one half-word, 256 a + b, under some signs and the sums of even channels 24 bits.</summary>
    public static bool FitsDot(LinearLayer layer)
    {
        layer = ConstantChannels.Cleared(layer);
        for (var c = 0; c < layer.Output.Channels; c += 2)
        {
            if (!FitsSum(layer, c) || DotSigns.OfPair(layer, c) is null)
                return false;
        }

        return true;
    }

    /// <summary>Whether the sums of a channel fit 24 bits.</summary>
    public static bool FitsSum(LinearLayer layer, int channel)
    {
        var (low, high) = Reach(layer, channel);
        return Math.Max(-low, high) < DotSumLimit;
    }

    /// <summary>Records of four channels for <c>mn_dot</c>; channels may be stored negated, with start value and multiplier.</summary>
    public static uint[] Dot(LinearLayer layer, int[] order) => Dot(layer, ConstantChannels.Cleared(layer), order);

    /// <param name="layer">What the requantisation is of.</param>
    /// <param name="live">The weights and biases to store.</param>
    public static uint[] Dot(LinearLayer layer, LinearLayer live, int[] order)
    {
        var words = new List<uint>();
        var signs = DotSigns.Of(live);
        for (var g = 0; g < layer.Output.Channels; g += 4)
        {
            var requantization = DotRequantization.Of(layer, g);
            var starts = Enumerable.Range(g, 4).Select(c => DotStart(live, c, requantization.Starts[c - g], signs[c])).ToArray();
            words.AddRange([starts[0] + starts[1], starts[1], starts[2] + starts[3], starts[3]]);
            for (var t = 0; t < order.Length; t += 2)
            {
                words.Add(HalfWord(live, g, order[t], signs) | HalfWord(live, g, order[t + 1], signs) << 16);
                words.Add(HalfWord(live, g + 2, order[t], signs) | HalfWord(live, g + 2, order[t + 1], signs) << 16);
            }

            words.AddRange(DotTail(layer, requantization, signs.AsSpan(g, 4)));
        }

        return [.. words];
    }

    /// <summary>Records of eight channels: those of <see cref="Dot(LinearLayer, int[])"/> two and two, in the order in which the kernel
    /// reads their words.</summary>
    public static uint[] DotEights(LinearLayer layer, int[] order) =>
        [.. Dot(layer, order).Chunk(4 + order.Length + QuadTailWords).Chunk(2).SelectMany(p => Joined(p[0], p[1]))];

    private static uint[] Joined(ReadOnlySpan<uint> first, ReadOnlySpan<uint> second)
    {
        List<uint> words = [.. first[..4], .. second[..4]];
        for (var t = 4; t < first.Length - QuadTailWords; t += 4)
            words.AddRange([first[t + 2], first[t], first[t + 1], second[t], second[t + 1], first[t + 3], second[t + 2], second[t + 3]]);
        return [.. words, .. first[^QuadTailWords..], .. second[^QuadTailWords..]];
    }

    /// <summary>Records of one channel for the transposing 3 x 3 kernel.</summary>
    public static uint[] Depthwise3x3(LinearLayer layer) =>
        PerChannel(
            layer,
            c =>
                [
                    Bytes(layer, (c, 0), (c, 1), (c, 3), (c, 4)),
                    Bytes(layer, (c, 2), (c, 6), (c, 5), (c, 7)),
                    Bytes(layer, (c, 7), (c, -1), (c, 8), (c, -1)),
                ]
        );

    /// <summary>Records of one channel for the transposing kernel of any size.</summary>
    public static uint[] DepthwiseLines(LinearLayer layer)
    {
        var (height, width) = (layer.Window.KernelHeight, layer.Window.KernelWidth);
        return PerChannel(
            layer,
            c =>
            {
                var words = new List<uint>();
                for (var r = 0; r < height; r += 2)
                {
                    int Below(int k) => r + 1 < height ? (r + 1) * width + k : -1;
                    if (width % 2 != 0)
                        words.Add(Bytes(layer, (c, r * width), (c, -1), (c, Below(0)), (c, -1)));
                    for (var k = width % 2; k < width; k += 2)
                        words.Add(Bytes(layer, (c, r * width + k), (c, r * width + k + 1), (c, Below(k)), (c, Below(k + 1))));
                }

                return words;
            }
        );
    }

    /// <summary>Records of four channels for the pixel-wise kernel; the last four share some with their predecessors.</summary>
    public static uint[] DepthwiseNarrow(LinearLayer layer)
    {
        var words = new List<uint>();
        var live = ConstantChannels.Cleared(layer);
        for (var q = 0; q < layer.Output.Channels; q += 4)
        {
            var g = Math.Min(q, layer.Output.Channels - 4);
            var tail = NarrowTail(layer, live, g, out var starts);
            words.AddRange(starts);
            if (!layer.IsSymmetric)
                words.Add(Halves(-SharedZeroPoint.Of(layer, g)!.Value, -SharedZeroPoint.Of(layer, g)!.Value));
            words.AddRange(NarrowWeights(layer.IsSymmetric ? live : SharedZeroPoint.Rebased(layer, g), g));
            words.AddRange(tail);
        }

        return [.. words];
    }

    private static IEnumerable<uint> NarrowWeights(LinearLayer layer, int first)
    {
        var t = 0;
        for (; t + 2 <= layer.Taps; t += 2)
        {
            yield return Bytes(layer, (first, t), (first + 1, t), (first, t + 1), (first + 1, t + 1));
            yield return Bytes(layer, (first + 2, t), (first + 3, t), (first + 2, t + 1), (first + 3, t + 1));
        }

        if (t < layer.Taps)
            yield return Bytes(layer, (first, t), (first + 1, t), (first + 2, t), (first + 3, t));
    }

    /// <summary>Bytes of <see cref="Dot"/> with so many taps, padding included.</summary>
    public static int DotBytes(int channels, int taps) => sizeof(uint) * Groups(channels) * (4 + taps + QuadTailWords);

    public static int Depthwise3x3Bytes(LinearShape layer) => sizeof(uint) * layer.Output.Channels * (HeadWords + 3);

    public static int DepthwiseLinesBytes(LinearShape layer)
    {
        var window = layer.Window;
        return sizeof(uint) * layer.Output.Channels * (HeadWords + (window.KernelHeight + 1) / 2 * ((window.KernelWidth + 1) / 2));
    }

    public static int DepthwiseNarrowBytes(LinearShape layer) =>
        sizeof(uint) * Groups(layer.Output.Channels) * (4 + layer.Taps + QuadTailWords + (layer.IsSymmetric ? 0 : 1));

    private static int Groups(int channels) => (channels + 3) / 4;

    /// <summary>Records of one channel for the 3 x 3 kernel of whole layers.</summary>
    public static uint[] Planes3x3(LinearLayer layer, PlaneShape shape) =>
        PerPlane(
            layer,
            (c, offset) =>
                [
                    Bytes(layer, (c, Tap(shape, 0, 0)), (c, Tap(shape, 0, 1)), (c, Tap(shape, 1, 0)), (c, Tap(shape, 1, 1))),
                    Bytes(layer, (c, Tap(shape, 0, 2)), (c, Tap(shape, 2, 0)), (c, Tap(shape, 1, 2)), (c, Tap(shape, 2, 1))),
                    (byte)Weight(layer, c, Tap(shape, 2, 2)) | (uint)(byte)layer.ZeroOf(c) << 8 | offset << 16,
                ]
        );

    /// <summary>Records of one channel for the kernel of whole layers: offset, zero point, then rows of weights, at stride 2 even columns
    /// first.</summary>
    public static uint[] Planes(LinearLayer layer, PlaneShape shape)
    {
        var columns = Enumerable.Range(0, shape.KernelWidth).OrderBy(k => shape.Stride == 2 ? k % 2 : 0).ToArray();
        return PerPlane(
            layer,
            (c, offset) =>
            {
                var bytes = new List<byte> { (byte)offset, (byte)(offset >> 8), (byte)layer.ZeroOf(c) };
                for (var row = 0; row < shape.KernelHeight; row++)
                    bytes.AddRange(columns.Select(k => (byte)Weight(layer, c, Tap(shape, row, k))));
                while (bytes.Count % 4 != 0)
                    bytes.Add(0);
                return bytes.Chunk(4).Select(b => BitConverter.ToUInt32(b)).ToArray();
            }
        );
    }

    /// <summary>Words of a record of <see cref="Planes3x3"/>.</summary>
    public static int Planes3x3Words(PlaneShape shape) => PlaneHeadWords + 3;

    /// <summary>Words of a record of <see cref="Planes"/>.</summary>
    public static int PlanesWords(PlaneShape shape) => PlaneHeadWords + (3 + shape.KernelHeight * shape.KernelWidth + 3) / 4;

    /// <summary>The tap of the layer at a row and column of the shape.</summary>
    private static int Tap(PlaneShape shape, int row, int column) =>
        shape.Swapped
            ? (shape.FirstKernelColumn + column) * shape.Layer.Window.KernelWidth + shape.FirstKernelRow + row
            : (shape.FirstKernelRow + row) * shape.Layer.Window.KernelWidth + shape.FirstKernelColumn + column;

    private static uint[] PerPlane(LinearLayer layer, Func<int, uint, uint[]> weights)
    {
        var words = new List<uint>();
        for (var c = 0; c < layer.Output.Channels; c++)
        {
            var head = FindHead(layer, c) ?? FloatHead(layer, c);
            words.AddRange([head.Bias + ZeroPart(layer, c), head.Multiplier]);
            words.AddRange(weights(c, head.Offset));
        }

        return [.. words];
    }

    /// <summary>What the bias of a channel takes off for the input zero point.</summary>
    private static uint ZeroPart(LinearLayer layer, int channel) =>
        (uint)(layer.InputZero * Enumerable.Range(0, layer.Taps).Sum(t => Weight(layer, channel, t) - layer.ZeroOf(channel)));

    private static uint[] PerChannel(LinearLayer layer, Func<int, List<uint>> weights)
    {
        var words = new List<uint>();
        for (var c = 0; c < layer.Output.Channels; c++)
        {
            var head = FindHead(layer, c) ?? FloatHead(layer, c);
            words.AddRange([head.Bias, head.Multiplier, head.Offset]);
            words.AddRange(weights(c));
        }

        return [.. words];
    }

    /// <summary>Bias, of even channels in 2^-8, and what requantisation adds to it.</summary>
    private static uint DotStart(LinearLayer live, int channel, int start, int sign)
    {
        var bias = channel < live.Output.Channels ? live.Bias[channel] : 0;
        return (uint)(sign * ((channel % 2 == 0 ? bias << DotRequantization.EvenFraction : bias) + start));
    }

    /// <summary>Offset and multipliers, these with the signs of the channels.</summary>
    private static IEnumerable<uint> DotTail(LinearLayer layer, DotRequantization requantization, ReadOnlySpan<int> signs)
    {
        var words = new uint[QuadTailWords];
        words[0] = requantization.OffsetWord(layer.OutputZero);
        for (var i = 0; i < signs.Length; i++)
        {
            var multiplier = (uint)requantization.Multipliers[i];
            words[i + 1] =
                signs[i] > 0 ? multiplier
                : !requantization.ByFloat ? 0 - multiplier
                : multiplier ^ FloatMark;
        }

        return words;
    }

    /// <summary>Multipliers and offsets of four channels, all by integers or all by float32, and their start values.</summary>
    private static uint[] NarrowTail(LinearLayer layer, LinearLayer live, int first, out uint[] starts)
    {
        if (PairRequantization.Of(layer, first) is { } low && PairRequantization.Of(layer, first + 2) is { } high)
        {
            (int Start, int Multiplier)[] channels = [low.First, low.Second, high.First, high.Second];
            starts = [.. channels.Select((c, i) => (uint)(live.Bias[first + i] + c.Start))];
            return [.. channels.Select(c => (uint)c.Multiplier), Halves(low.Offset, high.Offset)];
        }

        (uint Start, float Scale)[] floats = [.. Enumerable.Range(first, 4).Select(c => NarrowFloat(layer, c))];
        starts = [.. floats.Select(f => f.Start)];
        return [.. floats.Select(f => BitConverter.SingleToUInt32Bits(f.Scale) | FloatMark), Halves(layer.OutputZero, layer.OutputZero)];
    }

    private static uint Halves(int low, int high) => (ushort)low | (uint)(ushort)high << 16;

    /// <summary>Start value and scale; a constant channel, whose weights are zero, starts at its value.</summary>
    private static (uint Start, float Scale) NarrowFloat(LinearLayer layer, int channel) =>
        ConstantChannels.Find(layer, channel) is { } output
            ? ((uint)(output - layer.OutputZero), 1f)
            : ((uint)layer.Bias[channel], layer.Scale[channel]);

    private static Head? FindHead(LinearLayer layer, int channel)
    {
        if (channel >= layer.Output.Channels)
            return new(0, 1 << 16, 0);
        if (ConstantChannels.Find(layer, channel) is { } output)
            return new(0, 0, (uint)((2 * output + 1) << (DepthwiseBits - 1)));
        var (low, high) = Reach(layer, channel);
        return IntegerRequantization.Find(layer.Scale[channel], layer.OutputZero, low, high, DepthwiseBits) is { } found
            ? new((uint)(layer.Bias[channel] + found.Shift), (uint)found.Multiplier, (uint)found.Offset)
            : null;
    }

    private static Head FloatHead(LinearLayer layer, int channel)
    {
        if (channel >= layer.Output.Channels)
            return new(0, FloatMark, 0);
        if (ConstantChannels.Find(layer, channel) is { } output)
            return new(0, FloatMark, (uint)output);
        var bits = BitConverter.SingleToUInt32Bits(layer.Scale[channel]);
        return new((uint)layer.Bias[channel], bits | FloatMark, (uint)layer.OutputZero);
    }

    private static (long Low, long High) Reach(LinearLayer layer, int channel) => ConstantChannels.Reach(layer, channel);

    private static uint HalfWord(LinearLayer layer, int channel, int tap, int[] signs) =>
        (ushort)(256 * signs[channel] * Weight(layer, channel, tap) + signs[channel + 1] * Weight(layer, channel + 1, tap));

    private static uint Bytes(LinearLayer layer, (int C, int T) a, (int C, int T) b, (int C, int T) c, (int C, int T) d) =>
        (byte)Weight(layer, a.C, a.T)
        | (uint)(byte)Weight(layer, b.C, b.T) << 8
        | (uint)(byte)Weight(layer, c.C, c.T) << 16
        | (uint)(byte)Weight(layer, d.C, d.T) << 24;

    private static sbyte Weight(LinearLayer layer, int channel, int tap) =>
        tap < 0 || channel >= layer.Output.Channels ? (sbyte)0 : ConstantChannels.Weight(layer, channel, tap);

    /// <summary>Start value, multiplier (or the bits of minus the scale) and offset (or the output zero point) of a channel.</summary>
    private readonly record struct Head(uint Bias, uint Multiplier, uint Offset);
}
