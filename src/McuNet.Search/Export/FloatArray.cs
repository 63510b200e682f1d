using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Execution.Samples;

namespace McuNet.Search.Export;

/// <summary>A float32 tensor of a weights file, row-major. Invariant: <paramref name="Data"/> holds the elements of
/// <paramref name="Dims"/>, little endian.</summary>
public sealed record FloatArray(ImmutableArray<long> Dims, ReadOnlyMemory<byte> Data)
{
    /// <summary>The float32 tensors of a safetensors file by name; tensors of other types are passed over.</summary>
    /// <exception cref="FormatException">The bytes are not such a file, or are cut off.</exception>
    internal static IReadOnlyDictionary<string, FloatArray> ReadAll(ReadOnlyMemory<byte> file) =>
        SafeTensors
            .Read(file)
            .Where(t => t.Value.Type == SampleType.Float32)
            .ToDictionary(t => t.Key, t => new FloatArray([.. t.Value.Dims.Select(d => (long)d)], t.Value.Data));

    public ReadOnlySpan<float> Values => MemoryMarshal.Cast<byte, float>(Data.Span);
}
