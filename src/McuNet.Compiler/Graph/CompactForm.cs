using System;
using System.Collections.Immutable;
using System.Linq;
using Half16 = System.Half;

namespace McuNet.Compiler.Graph;

/// <summary>
/// How the real weights of a layer are kept in fewer bytes than float32 has: as float16, or as integers of 8 or 4 bits, weight i being
/// (step i - zero point) * scale. Scale and zero point belong to an output channel, or to a run of its taps.
/// Invariant: widening, the product rounded to float32, gives the float32 of the layer bit for bit; <see cref="Gives"/> says whether it
/// does.
/// </summary>
public sealed record CompactForm
{
    /// <summary>The shortest run of taps for which scales are kept.</summary>
    private const int LeastGroup = 8;

    private const int Half = 16;

    private CompactForm() { }

    /// <summary>Bits of a weight: 16 for float16, 8 or 4 for integers.</summary>
    public required int Bits { get; init; }

    /// <summary>The integers in the order of the weights; none of float16.</summary>
    public ImmutableArray<sbyte> Steps { get; private init; } = [];

    /// <summary>[channels][groups]; none of float16.</summary>
    public ImmutableArray<float> Scales { get; private init; } = [];

    /// <summary>As many as scales, or one for all; within [-128, 127].</summary>
    public ImmutableArray<sbyte> Zeros { get; private init; } = [];

    /// <summary>Taps of a channel that share a scale.</summary>
    public int Group { get; private init; } = 1;

    /// <summary>Float16, whatever the numbers.</summary>
    public static CompactForm Float16 { get; } = new() { Bits = Half };

    public bool IsFloat16 => Bits == Half;

    /// <summary>Integers with a scale for each channel or for all.</summary>
    /// <param name="isNarrow">Whether they are kept in 4 bits where these hold them.</param>
    public static CompactForm OfChannels(
        ReadOnlySpan<sbyte> steps,
        int channels,
        Func<int, float> scaleOf,
        Func<int, int> zeroOf,
        bool isNarrow
    ) =>
        new()
        {
            Bits = BitsOf(steps, isNarrow),
            Steps = [.. steps],
            Scales = [.. Enumerable.Range(0, channels).Select(scaleOf)],
            Zeros = One([.. Enumerable.Range(0, channels).Select(c => (sbyte)zeroOf(c))]),
            Group = steps.Length / channels,
        };

    /// <summary>Integers [channels][taps] each of which has a scale and a zero point; null where these change too often along the
    /// taps.</summary>
    public static CompactForm? OfElements(
        ReadOnlySpan<sbyte> steps,
        ReadOnlySpan<float> scales,
        ReadOnlySpan<sbyte> zeros,
        int channels,
        bool isNarrow
    )
    {
        var taps = steps.Length / channels;
        var group = taps;
        for (var i = 0; i < steps.Length; i++)
        {
            if (i % taps != 0 && (scales[i] != scales[i - 1] || zeros[i] != zeros[i - 1]))
                group = (int)System.Numerics.BigInteger.GreatestCommonDivisor(group == taps ? i % taps : group, i % taps);
        }

        if (group < Math.Min(LeastGroup, taps))
            return null;
        int[] first =
        [
            .. Enumerable
                .Range(0, channels)
                .SelectMany(c => Enumerable.Range(0, (taps + group - 1) / group).Select(g => c * taps + g * group)),
        ];
        var (ofScales, ofZeros) = (new float[first.Length], new sbyte[first.Length]);
        for (var i = 0; i < first.Length; i++)
            (ofScales[i], ofZeros[i]) = (scales[first[i]], zeros[first[i]]);
        return new()
        {
            Bits = BitsOf(steps, isNarrow),
            Steps = [.. steps],
            Scales = [.. ofScales],
            Zeros = One([.. ofZeros]),
            Group = group,
        };
    }

    /// <summary>Whether widening gives numbers bit for bit.</summary>
    /// <param name="channels">How many there are, each with as many taps.</param>
    /// <param name="channelOf">The channel of a weight; those of a channel follow each other unless it has one scale.</param>
    public bool Gives(ReadOnlySpan<float> numbers, int channels, Func<int, int> channelOf)
    {
        if (IsFloat16)
        {
            foreach (var number in numbers)
            {
                if (
                    !float.IsFinite(number)
                    || BitConverter.SingleToInt32Bits((float)(Half16)number) != BitConverter.SingleToInt32Bits(number)
                )
                    return false;
            }

            return true;
        }

        if (Steps.Length != numbers.Length || Scales.Length % channels != 0)
            return false;
        var (taps, groups) = (numbers.Length / channels, Scales.Length / channels);
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = channelOf(i) * groups + (groups == 1 ? 0 : i % taps / Group);
            if (
                BitConverter.SingleToInt32Bits((Steps[i] - Zeros[Zeros.Length == 1 ? 0 : at]) * Scales[at])
                != BitConverter.SingleToInt32Bits(numbers[i])
            )
                return false;
        }

        return true;
    }

    private static int BitsOf(ReadOnlySpan<sbyte> steps, bool isNarrow) =>
        isNarrow && steps.IndexOfAnyExceptInRange((sbyte)-8, (sbyte)7) < 0 ? 4 : 8;

    private static ImmutableArray<sbyte> One(ImmutableArray<sbyte> zeros) => zeros.Distinct().Count() == 1 ? zeros[..1] : zeros;
}
