using System;
using System.Runtime.InteropServices;

namespace McuNet.Execution.Samples;

/// <summary>Element types of sample files.</summary>
public enum SampleType
{
    Float32,
    Float64,
    UInt8,
    Int8,
    Int32,
    Int64,
}

public static class SampleTypes
{
    /// <param name="name">What NumPy or safetensors calls a little-endian type.</param>
    /// <exception cref="FormatException">The type is not supported.</exception>
    public static SampleType Of(string? name) =>
        name switch
        {
            "<f4" or "F32" => SampleType.Float32,
            "<f8" or "F64" => SampleType.Float64,
            "|u1" or "U8" => SampleType.UInt8,
            "|i1" or "I8" => SampleType.Int8,
            "<i4" or "I32" => SampleType.Int32,
            "<i8" or "I64" => SampleType.Int64,
            _ => throw new FormatException($"the element type {name} is not supported; use float32, uint8, int8, int32 or int64"),
        };

    public static int Bytes(this SampleType type) =>
        type switch
        {
            SampleType.Float64 or SampleType.Int64 => 8,
            SampleType.Float32 or SampleType.Int32 => 4,
            _ => 1,
        };

    public static float[] ToFloats(this SampleType type, ReadOnlySpan<byte> data)
    {
        if (type == SampleType.Float32)
            return MemoryMarshal.Cast<byte, float>(data).ToArray();
        var values = new float[data.Length / type.Bytes()];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)At(type, data, i);
        return values;
    }

    /// <summary>Element <paramref name="index"/> of little-endian data.</summary>
    public static double At(this SampleType type, ReadOnlySpan<byte> data, int index) =>
        type switch
        {
            SampleType.Float32 => MemoryMarshal.Cast<byte, float>(data)[index],
            SampleType.Float64 => MemoryMarshal.Cast<byte, double>(data)[index],
            SampleType.UInt8 => data[index],
            SampleType.Int8 => (sbyte)data[index],
            SampleType.Int32 => MemoryMarshal.Cast<byte, int>(data)[index],
            _ => MemoryMarshal.Cast<byte, long>(data)[index],
        };
}
