using System;
using System.Linq;

namespace McuNet.Compiler.Quantization;

/// <summary>int8 weights, symmetric, with one scale per output channel.</summary>
/// <param name="Scales">By output channel.</param>
internal sealed record WeightQuantization(sbyte[] Weights, float[] Scales)
{
    private const int Largest = 127;

    /// <summary>Bits that the bias of a channel may take, so that the sum of products has room beside it in int32.</summary>
    private const int BiasBits = 30;

    private const float SmallestScale = 1e-12f;

    /// <param name="count">How many scales there are: one, or one for each index of a dimension.</param>
    /// <param name="inner">Elements that lie together for one index of that dimension.</param>
    /// <param name="bias">By output channel, or null.</param>
    /// <param name="inputScale">Scale of the layer's operand; together with it a channel's scale must be coarse enough for its
    /// bias.</param>
    public static WeightQuantization Of(float[] weights, int count, int inner, float[]? bias = null, float inputScale = 1)
    {
        int ChannelOf(int index) => index / inner % count;
        var (largest, offsets) = (new float[count], new float[count]);
        for (var i = 0; i < weights.Length; i++)
            largest[ChannelOf(i)] = Math.Max(largest[ChannelOf(i)], Math.Abs(weights[i]));
        for (var c = 0; c < (bias?.Length ?? 0); c++)
            offsets[c % count] = Math.Max(offsets[c % count], Math.Abs(bias![c]));
        float[] scales =
        [
            .. largest.Select(
                (m, c) => Math.Max(SmallestScale, Math.Max(m / Largest, offsets[c] / (inputScale * MathF.ScaleB(1, BiasBits))))
            ),
        ];
        return new(
            [.. weights.Select((w, i) => (sbyte)Math.Clamp(Math.Round(w / (double)scales[ChannelOf(i)]), -Largest, Largest))],
            scales
        );
    }
}
