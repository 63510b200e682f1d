using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

/// <summary>Constants of a linear layer as its reference evaluation wants them: weights less their zero point, bias, and one factor per
/// output channel.</summary>
internal sealed class IntegerWeights
{
    private const int Summed = 1 << 14;

    private readonly Clamp _clamp;
    private readonly int _zero;
    private readonly (int Min, int Max) _range;

    /// <param name="channels">Number of output channels.</param>
    /// <param name="channelOf">Output channel of the weight at an index.</param>
    public IntegerWeights(
        ConstantTensor weights,
        ConstantTensor? bias,
        Clamp clamp,
        NodeTypes types,
        int channels,
        Func<int, int> channelOf
    )
    {
        var bytes = MemoryMarshal.Cast<byte, sbyte>(weights.Data.AsSpan());
        Values = new short[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            Values[i] = (short)(bytes[i] - (weights.ZeroPoints.Length == 1 ? weights.ZeroPoints[0] : weights.ZeroPoints[channelOf(i)]));
        Bias = bias is null ? new int[channels] : MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan()).ToArray();
        _clamp = clamp;
        if (!types.Output.IsQuantized)
        {
            Scales = RealScales(weights, types, channels);
            return;
        }

        Scales = new float[channels];
        for (var c = 0; c < channels; c++)
            Scales[c] = Arithmetic.CombinedScale(types.Input.Scale, weights.ScaleOf(c), types.Output.Scale);
        _zero = types.Output.ZeroPoint;
        _range = clamp.Quantized(types.Output);
    }

    /// <summary>What a step of a sum of each channel stands for: input scale x weight scale.</summary>
    public static float[] RealScales(ConstantTensor weights, NodeTypes types, int channels) =>
        [.. Enumerable.Range(0, channels).Select(c => types.Input.Scale * weights.ScaleOf(c))];

    public short[] Values { get; }

    public int[] Bias { get; }

    public float[] Scales { get; }

    /// <summary>An output element from its sum.</summary>
    public void Finish(TensorData output, int index, long acc, int channel)
    {
        if (output.Type.IsQuantized)
            output[index] = Arithmetic.Requantize(acc, Scales[channel], _zero, _range);
        else
            output.Float32[index] = _clamp.Limit(acc * Scales[channel]);
    }

    /// <summary>Sum of products of two runs of equal length, each product within 255 x 255.</summary>
    public static long Dot(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var sum = 0L;
        for (var first = 0; first < a.Length; first += Summed)
            sum += DotOfFew(a.Slice(first, Math.Min(Summed, a.Length - first)), b[first..]);
        return sum;
    }

    /// <summary>The same of inputs of 17 bits.</summary>
    public static long Dot(ReadOnlySpan<int> a, ReadOnlySpan<short> b)
    {
        var sum = 0L;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>As <see cref="Dot(ReadOnlySpan{short}, ReadOnlySpan{short})"/>, of so few that 32 bits hold the sum.</summary>
    private static int DotOfFew(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        b = b[..a.Length];
        var (lanes, whole) = (Vector<int>.Zero, a.Length - a.Length % Vector<short>.Count);
        for (var i = 0; i < whole; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(a[i..]), out var a0, out var a1);
            Vector.Widen(new Vector<short>(b[i..]), out var b0, out var b1);
            lanes += a0 * b0 + a1 * b1;
        }

        var sum = Vector.Sum(lanes);
        for (var i = whole; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
