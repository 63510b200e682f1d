using System;

namespace McuNet.Compiler.Graph;

/// <summary>What one element of a tensor is.</summary>
public enum ElementType
{
    Int8,
    UInt8,
    Int16,
    Int32,
    Float32,
}

public static class ElementTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this ElementType type) =>
        type switch
        {
            ElementType.Int8 or ElementType.UInt8 => 1,
            ElementType.Int16 => 2,
            _ => 4,
        };

    /// <summary>The smallest and the largest integer that an element holds.</summary>
    public static (int Min, int Max) Range(this ElementType type) =>
        type switch
        {
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.UInt8 => (byte.MinValue, byte.MaxValue),
            ElementType.Int16 => (short.MinValue, short.MaxValue),
            ElementType.Int32 => (int.MinValue, int.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no integer"),
        };
}
