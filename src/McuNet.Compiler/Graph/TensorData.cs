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

    public Span<short> Int16 => MemoryMarshal.Cast<byte, short>(Bytes.AsSpan());

    public Span<float> Float32 => MemoryMarshal.Cast<byte, float>(Bytes.AsSpan());

    private Span<int> Int32 => MemoryMarshal.Cast<byte, int>(Bytes.AsSpan());

    /// <summary>An integer as it is stored; of a real number its bits, for operators that only move values.</summary>
    public int this[int index]
    {
        get =>
            Type.Element switch
            {
                ElementType.Int8 => (sbyte)Bytes[index],
                ElementType.UInt8 => Bytes[index],
                ElementType.Int16 => Int16[index],
                _ => Int32[index],
            };
        set
        {
            if (Type.Element == ElementType.Int16)
                Int16[index] = (short)value;
            else if (Type.Element.Size() == 1)
                Bytes[index] = unchecked((byte)value);
            else
                Int32[index] = value;
        }
    }

    /// <summary>The real numbers that the elements are or stand for.</summary>
    public double[] Reals()
    {
        var reals = new double[Type.Shape.Elements];
        for (var i = 0; i < reals.Length; i++)
            reals[i] =
                Type.Quantization is { } q ? (this[i] - q.ZeroPoint) * (double)q.Scale
                : Type.Element == ElementType.Int32 ? this[i]
                : Float32[i];
        return reals;
    }
}
