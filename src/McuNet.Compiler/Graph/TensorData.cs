using System;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Graph;

/// <summary>A tensor's values in memory, row-major HWC. The only mutable data of the reference evaluator.</summary>
public sealed class TensorData(TensorType type)
{
    public TensorData(TensorType type, ReadOnlySpan<byte> bytes)
        : this(type) => bytes.CopyTo(Bytes);

    public TensorType Type { get; } = type;

    public byte[] Bytes { get; } = new byte[type.Bytes];

    public Span<sbyte> Int8 => MemoryMarshal.Cast<byte, sbyte>(Bytes.AsSpan());

    public Span<byte> UInt8 => Bytes;

    public Span<float> Float32 => MemoryMarshal.Cast<byte, float>(Bytes.AsSpan());

    public int this[int index] => Type.Element == ElementType.UInt8 ? Bytes[index] : (sbyte)Bytes[index];
}
