using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Quantization;
using McuNet.Options;

namespace McuNet.Execution.Samples;

/// <summary>What a sample undergoes before the network: (value - mean) / scale, with one number each or one per channel.</summary>
public sealed record Normalization(ImmutableArray<float> Mean, ImmutableArray<float> Scale)
{
    public static Normalization None { get; } = new([0], [1]);

    /// <summary>What bytes of pixels stand for.</summary>
    public static Normalization Of(PixelRange pixels) =>
        new([.. pixels.Means.Select(m => (float)(m * pixels.Unit))], [.. pixels.Deviations.Select(d => (float)(d * pixels.Unit))]);

    public bool IsNone => Mean is [0] && Scale is [1];

    /// <summary>Why it cannot be applied to samples with so many channels, or null.</summary>
    public string? Fault(int channels)
    {
        if ((Mean.Length != 1 && Mean.Length != channels) || (Scale.Length != 1 && Scale.Length != channels))
            return $"mean and scale have {Mean.Length} and {Scale.Length} numbers; one or {channels} are needed";
        return Scale.Any(s => s == 0 || !float.IsFinite(s)) || Mean.Any(m => !float.IsFinite(m))
            ? "mean and scale must be finite, and scale not 0"
            : null;
    }

    /// <param name="each">Elements of a channel that lie together.</param>
    public void Apply(Span<float> values, int channels, int each)
    {
        if (IsNone)
            return;
        for (var i = 0; i < values.Length; i++)
            values[i] = Of(values[i], i / each % channels);
    }

    /// <summary>The range over all channels of values from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public ValueRange Of(float low, float high)
    {
        var ends = Enumerable.Range(0, Math.Max(Mean.Length, Scale.Length)).SelectMany(c => new[] { Of(low, c), Of(high, c) }).ToArray();
        return new(ends.Min(), ends.Max());
    }

    private float Of(float value, int channel) => (value - Mean[Mean.Length == 1 ? 0 : channel]) / Scale[Scale.Length == 1 ? 0 : channel];
}
