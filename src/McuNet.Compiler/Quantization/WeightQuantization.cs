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

    /// <param name="axis">0 where output channels are the first of two dimensions (further ones belong to the second), 1 where they are the second.</param>
    /// <param name="bias">By output channel, or null.</param>
    /// <param name="inputScale">Scale of the layer's operand; together with it a channel's scale must be coarse enough for its bias.</param>
    public static WeightQuantization Of(float[] weights, int channels, int axis, float[]? bias, float inputScale)
    {
        var each = weights.Length / channels;
        int ChannelOf(int index) => axis == 0 ? index / each : index % channels;
        var largest = new float[channels];
        for (var i = 0; i < weights.Length; i++)
            largest[ChannelOf(i)] = Math.Max(largest[ChannelOf(i)], Math.Abs(weights[i]));
        float[] scales = [.. largest.Select((m, c) => Math.Max(SmallestScale, Math.Max(m / Largest, Math.Abs(bias?[c] ?? 0) / (inputScale * MathF.ScaleB(1, BiasBits)))))];
        return new([.. weights.Select((w, i) => (sbyte)Math.Clamp(Math.Round(w / (double)scales[ChannelOf(i)]), -Largest, Largest))], scales);
    }
}
