using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Options;

namespace McuNet.Compiler.Programs;

/// <summary>
/// How bytes of an image become elements of an input: byte b of channel c stands for the real value b * Gains[c] + Offsets[c], both
/// operations in float32, which is stored as every real value is.
/// </summary>
/// <param name="Range">What bytes mean, for people.</param>
/// <param name="IsGiven">Whether the application says so; else it was recognised by the quantisation.</param>
/// <param name="Gains">By channel.</param>
/// <param name="Offsets">By channel.</param>
public sealed record PixelMapping(string Range, bool IsGiven, ImmutableArray<float> Gains, ImmutableArray<float> Offsets)
{
    /// <summary>How far a scale may be from that of a range of bytes.</summary>
    private const double Near = 0.01;

    /// <summary>1/128 and 2/255 are 0.4 % apart.</summary>
    private const double VeryNear = 0.001;

    /// <summary>Where all channels share one mapping.</summary>
    public bool IsUniform => Gains.Distinct().Count() == 1 && Offsets.Distinct().Count() == 1;

    /// <summary>
    /// The mapping of an input of 1 or 3 channels: what the application says, else what the quantisation was made for; null where that
    /// tells nothing.
    /// </summary>
    /// <param name="given">For this input, or null.</param>
    public static PixelMapping? Of(TensorType type, PixelRange? given)
    {
        var channels = type.Shape.Channels;
        if (channels is not (1 or 3) || type.Element == ElementType.Int32 || (given ?? Recognised(type)) is not { } range)
            return null;
        return new(
            range.Meaning,
            given is not null,
            [.. Enumerable.Range(0, channels).Select(range.Gain)],
            [.. Enumerable.Range(0, channels).Select(range.Offset)]
        );
    }

    /// <summary>
    /// What a quantisation was made for; null where it tells nothing.
    /// | scale | zero point above the least value | bytes stand for |
    /// | 1/255 | 0 | 0..1 |
    /// | 1/128 | 128 | (byte - 128) / 128 |
    /// | 2/255 | 127 or 128 | -1..1 |
    /// | 1 | 0 | themselves |
    /// </summary>
    public static PixelRange? Recognised(TensorType type)
    {
        if (!type.IsQuantized || type.Element.Size() != 1)
            return null;
        var above = type.ZeroPoint - type.Element.Range().Min;
        return above switch
        {
            0 when Is(1 / 255.0, Near) => PixelRange.ZeroToOne,
            0 when Is(1, Near) => PixelRange.Raw,
            128 when Is(1 / 128.0, VeryNear) => PixelRange.Centred,
            127 or 128 when Is(2 / 255.0, Near) => PixelRange.MinusOneToOne,
            _ => null,
        };

        bool Is(double scale, double tolerance) => Math.Abs(type.Scale / scale - 1) <= tolerance;
    }

    /// <summary>The real value of a byte.</summary>
    public float Real(int channel, int pixel)
    {
        var product = pixel * Gains[channel];
        return product + Offsets[channel];
    }

    /// <summary>The stored value of a byte, in a quantised input.</summary>
    public int Stored(TensorType type, int channel, int pixel) =>
        Arithmetic.Quantize(Real(channel, pixel) / type.Scale, type.ZeroPoint, type.Element.Range());

    /// <summary>What is added to a byte to store it, where that is all; else null.</summary>
    public int? Shift(TensorType type)
    {
        if (!type.IsQuantized || !IsUniform)
            return null;
        var shift = Stored(type, 0, 0);
        return Enumerable.Range(0, 256).All(b => Stored(type, 0, b) == b + shift) ? shift : null;
    }
}
