using System;

namespace McuNet.Compiler.Arena;

/// <summary>A size in bytes.</summary>
/// <remarks>Invariant: not negative.</remarks>
public readonly record struct ByteCount : IComparable<ByteCount>
{
    public ByteCount(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    public static ByteCount Zero => default;

    public int Value { get; }

    public static explicit operator ByteCount(int value) => new(value);

    public static explicit operator int(ByteCount count) => count.Value;

    public static ByteCount operator +(ByteCount a, ByteCount b) => new(checked(a.Value + b.Value));

    public static ByteDistance operator -(ByteCount a, ByteCount b) => new(a.Value - b.Value);

    public static bool operator <(ByteCount a, ByteCount b) => a.Value < b.Value;

    public static bool operator >(ByteCount a, ByteCount b) => a.Value > b.Value;

    public static bool operator <=(ByteCount a, ByteCount b) => a.Value <= b.Value;

    public static bool operator >=(ByteCount a, ByteCount b) => a.Value >= b.Value;

    public static ByteCount Max(ByteCount a, ByteCount b) => a.Value >= b.Value ? a : b;

    public int CompareTo(ByteCount other) => Value.CompareTo(other.Value);

    public override string ToString() => $"{Value} B";
}
