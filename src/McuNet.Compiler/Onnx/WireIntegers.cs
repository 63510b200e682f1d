using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Onnx;

/// <summary>A repeated integer field while it is read.</summary>
internal sealed class WireIntegers
{
    private readonly List<long> _values = [];

    public int Count => _values.Count;

    public void Add(long value) => _values.Add(value);

    public ImmutableArray<long> ToImmutable() => [.. _values];

    /// <summary>The low <paramref name="size"/> bytes of each value, little-endian.</summary>
    public byte[] ToBytes(int size)
    {
        var bytes = new byte[_values.Count * size];
        Span<byte> one = stackalloc byte[8];
        var values = CollectionsMarshal.AsSpan(_values);
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(one, values[i]);
            one[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
