using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Execution.Quantization;

/// <summary>Means of the channels of tensors [1, channels, …]. Mutable: an accumulator.</summary>
public sealed class ChannelMeans(int channels)
{
    private readonly double[] _sums = new double[channels];
    private long _count;

    public void Add(ReadOnlySpan<float> tensor)
    {
        var each = tensor.Length / channels;
        for (var c = 0; c < channels; c++)
        {
            var sum = 0.0;
            foreach (var value in tensor.Slice(c * each, each))
                sum += value;
            _sums[c] += sum;
        }
        _count += each;
    }

    public ImmutableArray<double> Values => [.. _sums.Select(s => s / Math.Max(1, _count))];
}
