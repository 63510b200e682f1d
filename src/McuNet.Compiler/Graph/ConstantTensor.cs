using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Graph;

/// <summary>
/// A constant operand: weights or bias. Integer constants stand for the real values (q - zero) * scale, with scale and zero point
/// per tensor (length 1) or per output channel.
/// </summary>
/// <param name="Dims">In the order that the operator documents.</param>
/// <param name="Data">Little-endian elements.</param>
public sealed record ConstantTensor(
    ImmutableArray<int> Dims,
    ElementType Element,
    ImmutableArray<byte> Data,
    ImmutableArray<float> Scales,
    ImmutableArray<int> ZeroPoints
)
{
    public int Count => Data.Length / Element.Size();

    /// <summary>Bits of an integer in the model: 8, or 4 where each is within [-8, 7] as the model has them.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>How real weights may be kept in fewer bytes; null for float32. It counts where it gives the numbers of the
    /// tensor.</summary>
    public CompactForm? Form { get; init; }

    /// <summary>The real numbers that the elements are or stand for.</summary>
    /// <param name="channelOf">Output channel of the element at an index.</param>
    public double[] Reals(Func<int, int> channelOf)
    {
        var reals = new double[Count];
        for (var i = 0; i < reals.Length; i++)
        {
            reals[i] = Element switch
            {
                ElementType.Float32 => MemoryMarshal.Cast<byte, float>(Data.AsSpan())[i],
                ElementType.Int32 => MemoryMarshal.Cast<byte, int>(Data.AsSpan())[i] * (double)ScaleOf(channelOf(i)),
                _ => ((sbyte)Data[i] - ZeroPointOf(channelOf(i))) * (double)ScaleOf(channelOf(i)),
            };
        }

        return reals;
    }

    /// <summary>Whether zero stands for zero in every channel.</summary>
    public bool IsSymmetric => ZeroPoints.All(z => z == 0);

    public float ScaleOf(int channel) => Scales.Length == 1 ? Scales[0] : Scales[channel];

    public int ZeroPointOf(int channel) => ZeroPoints.Length == 1 ? ZeroPoints[0] : ZeroPoints[channel];
}
