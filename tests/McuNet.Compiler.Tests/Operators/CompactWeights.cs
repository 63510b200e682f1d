using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Real weights in every form in which flash may hold them.</summary>
internal static class CompactWeights
{
    /// <summary>Number of forms that <see cref="Of"/> knows.</summary>
    public const int Kinds = 7;

    private const int Block = 8;

    /// <param name="kind">0 float16, 1 to 3 of 8 bits, 4 to 6 of 4: per tensor, per channel with zero points, in blocks of taps.</param>
    /// <param name="isDepthwise">Whether output channels are the last dimension, not the first; there are no blocks then.</param>
    public static ConstantTensor Of(Random random, int kind, int[] dims, bool isDepthwise = false)
    {
        var count = dims.Aggregate(1, (a, b) => a * b);
        var channels = isDepthwise ? dims[^1] : dims[0];
        if (kind == 0)
        {
            Half Any(int i) =>
                i % 7 == 3
                    ? BitConverter.UInt16BitsToHalf((ushort)(random.Next(0x400) | random.Next(2) << 15))
                    : (Half)(random.NextDouble() - 0.5);
            return Tensor(dims, [.. Enumerable.Range(0, count).Select(i => (float)Any(i))]) with { Form = CompactForm.Float16 };
        }

        var (isNarrow, taps) = (kind > 3, count / channels);
        var (least, most) = isNarrow ? (-8, 8) : (-128, 128);
        var perGroup = isDepthwise ? Math.Max(1, (kind - 1) % 3) : (kind - 1) % 3;
        int Channel(int i) => isDepthwise ? i % channels : i / taps;
        int Group(int i) =>
            perGroup switch
            {
                0 => 0,
                1 => Channel(i),
                _ => isDepthwise ? Channel(i) : 1000 * Channel(i) + i % taps / Block,
            };
        sbyte[] steps = [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(least, most))];
        var scales = Enumerable
            .Range(0, 1000 * channels + 1000)
            .ToDictionary(g => g, _ => (float)(0.001 + random.NextDouble() * (isNarrow ? 0.05 : 0.004)));
        var zeros = scales.Keys.ToDictionary(g => g, _ => perGroup == 0 ? (sbyte)0 : (sbyte)random.Next(least, most));
        float[] numbers = [.. steps.Select((q, i) => (q - zeros[Group(i)]) * scales[Group(i)])];
        var form =
            perGroup < 2
                ? CompactForm.OfChannels(steps, channels, c => scales[perGroup * c], c => zeros[perGroup * c], isNarrow)
                : CompactForm.OfElements(
                    steps,
                    [.. steps.Select((_, i) => scales[Group(i)])],
                    [.. steps.Select((_, i) => zeros[Group(i)])],
                    channels,
                    isNarrow
                );
        return Tensor(dims, numbers) with { Form = form };
    }

    public static ConstantTensor Tensor(int[] dims, float[] numbers) =>
        new([.. dims], ElementType.Float32, [.. MemoryMarshal.AsBytes(numbers.AsSpan())], [1], [0]);
}
