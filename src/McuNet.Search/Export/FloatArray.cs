using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McuNet.Search.Export;

/// <summary>A float32 tensor of a weights file, row-major. Invariant: <paramref name="Data"/> holds the elements of <paramref name="Dims"/>, little endian.</summary>
public sealed record FloatArray(ImmutableArray<long> Dims, ReadOnlyMemory<byte> Data)
{
    public ReadOnlySpan<float> Values => MemoryMarshal.Cast<byte, float>(Data.Span);
}
