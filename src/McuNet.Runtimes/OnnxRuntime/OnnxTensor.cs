using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;

namespace McuNet.Runtimes.OnnxRuntime;

/// <summary>A dense tensor as raw bytes in ONNX order, little endian.</summary>
/// <remarks>Invariant: <see cref="Data"/> holds exactly the elements that <see cref="Dims"/> states.</remarks>
public sealed record OnnxTensor
{
    public OnnxTensor(string name, OnnxElementType elementType, ImmutableArray<long> dims, byte[] data)
    {
        var bytes = dims.Aggregate(1L, (product, d) => product * d) * elementType.Bytes();
        if (elementType.Bytes() == 0 || dims.Any(d => d < 0) || bytes != data.Length)
            throw new ArgumentException(
                $"tensor '{name}' {elementType} [{string.Join(",", dims)}] does not hold {data.Length} bytes",
                nameof(data)
            );
        (Name, ElementType, Dims, Data) = (name, elementType, dims, data);
    }

    public string Name { get; }

    public OnnxElementType ElementType { get; }

    public ImmutableArray<long> Dims { get; }

    public byte[] Data { get; }

    public static OnnxTensor Float(string name, ImmutableArray<long> dims, ReadOnlySpan<float> values) =>
        new(name, OnnxElementType.Float32, dims, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A float32 tensor rounded to float16.</summary>
    public OnnxTensor Narrowed() =>
        new(Name, OnnxElementType.Float16, Dims, MemoryMarshal.AsBytes(Floats.ToArray().Select(v => (Half)v).ToArray().AsSpan()).ToArray());

    /// <summary>A float16 tensor as float32.</summary>
    public OnnxTensor Widened() => Float(Name, Dims, MemoryMarshal.Cast<byte, Half>(Data).ToArray().Select(v => (float)v).ToArray());

    /// <summary>The elements of any tensor of numbers or truth values, as float32.</summary>
    public float[] Numbers() =>
        ElementType switch
        {
            OnnxElementType.Float32 => Floats.ToArray(),
            OnnxElementType.Float16 => [.. MemoryMarshal.Cast<byte, Half>(Data).ToArray().Select(v => (float)v)],
            OnnxElementType.Int64 => [.. MemoryMarshal.Cast<byte, long>(Data).ToArray().Select(v => (float)v)],
            OnnxElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(Data).ToArray().Select(v => (float)v)],
            OnnxElementType.Int8 => [.. Data.Select(v => (float)(sbyte)v)],
            OnnxElementType.UInt8 or OnnxElementType.Bool => [.. Data.Select(v => (float)v)],
            _ => throw new InvalidOperationException($"'{Name}' is {ElementType}, which holds no numbers"),
        };

    /// <summary>Numbers as a tensor of a type; those that it does not hold saturate.</summary>
    public static OnnxTensor Of(string name, OnnxElementType type, ImmutableArray<long> dims, float[] numbers) =>
        type switch
        {
            OnnxElementType.Float16 => Float(name, dims, numbers).Narrowed(),
            OnnxElementType.Int64 => new(
                name,
                type,
                dims,
                MemoryMarshal.AsBytes(numbers.Select(v => (long)v).ToArray().AsSpan()).ToArray()
            ),
            OnnxElementType.Int32 => new(name, type, dims, MemoryMarshal.AsBytes(numbers.Select(v => (int)v).ToArray().AsSpan()).ToArray()),
            OnnxElementType.Int8 => new(
                name,
                type,
                dims,
                [.. numbers.Select(v => unchecked((byte)(sbyte)Math.Clamp(v, sbyte.MinValue, sbyte.MaxValue)))]
            ),
            OnnxElementType.UInt8 => new(name, type, dims, [.. numbers.Select(v => (byte)Math.Clamp(v, byte.MinValue, byte.MaxValue))]),
            OnnxElementType.Bool => new(name, type, dims, [.. numbers.Select(v => (byte)(v == 0 ? 0 : 1))]),
            _ => Float(name, dims, numbers),
        };

    /// <summary>The elements of a float tensor.</summary>
    public ReadOnlySpan<float> Floats =>
        ElementType == OnnxElementType.Float32
            ? MemoryMarshal.Cast<byte, float>(Data)
            : throw new InvalidOperationException($"'{Name}' is {ElementType}, not Float32");
}

/// <summary>An input or output that a model declares.</summary>
/// <param name="Dims">Extents; -1 where the model leaves one open.</param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, ImmutableArray<long> Dims);
