using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Quantization;

namespace McuNet.Execution.Samples;

/// <summary>Inputs of a network with one input, in ONNX order, converted to real numbers one sample at a time.</summary>
/// <remarks>Invariant: <see cref="Data"/> holds <see cref="Count"/> samples, and <see cref="Labels"/>, where present, as many
/// numbers.</remarks>
public sealed record SampleSet
{
    /// <summary>Extents of one sample, batch 1 included.</summary>
    public required ImmutableArray<int> Dims { get; init; }

    public required SampleType Type { get; init; }

    /// <summary>Samples behind one another, little endian.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>Whether they are elements of the model's own integer input, and no real numbers.</summary>
    public bool AreElements { get; init; }

    /// <summary>The class of each sample, or null.</summary>
    public ImmutableArray<int>? Labels { get; init; }

    /// <summary>Whether they were read as pixels, and not as numbers of the model.</summary>
    public bool ArePixels { get; init; }

    /// <summary>Names of the classes by label; empty where nothing names them.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Which dimension counts channels.</summary>
    public int ChannelAxis { get; init; } = 1;

    public int Channels => Dims.Length > ChannelAxis ? Dims[ChannelAxis] : 1;

    public int Elements => Dims.Aggregate(1, (a, b) => a * b);

    public int Count => Data.Length / (Elements * Type.Bytes());

    /// <summary>The range that values can have whatever the samples: that of pixels; null for real numbers.</summary>
    public ValueRange? Range => Type == SampleType.UInt8 ? Normalization.Of(byte.MinValue, byte.MaxValue) : null;

    public static SampleSet OfFloats(ImmutableArray<int> dims, ReadOnlySpan<float> values) =>
        new()
        {
            Dims = dims,
            Type = SampleType.Float32,
            Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray(),
        };

    /// <summary>Sample <paramref name="index"/> as the network takes it.</summary>
    public float[] this[int index]
    {
        get
        {
            var elements = Elements;
            var values = Type.ToFloats(Data.Slice(index * elements * Type.Bytes(), elements * Type.Bytes()).Span);
            Normalization.Apply(values, Channels, Dims.Skip(ChannelAxis + 1).Aggregate(1, (a, b) => a * b));
            return values;
        }
    }

    /// <summary>Up to <paramref name="count"/> indices, spread evenly.</summary>
    public ImmutableArray<int> Spread(int count) =>
        [.. Enumerable.Range(0, Math.Min(count, Count)).Select(i => (int)((long)i * Count / Math.Min(count, Count)))];

    public SampleSet Take(int count)
    {
        if (count >= Count)
            return this;
        var chosen = Spread(count);
        var bytes = Elements * Type.Bytes();
        var data = new byte[chosen.Length * bytes];
        for (var i = 0; i < chosen.Length; i++)
            Data.Slice(chosen[i] * bytes, bytes).CopyTo(data.AsMemory(i * bytes));
        return this with { Data = data, Labels = Labels is { } labels ? [.. chosen.Select(i => labels[i])] : null };
    }
}
