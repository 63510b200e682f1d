using System;

namespace McuNet.Compiler.Arena;

/// <summary>A position in bytes: in the arena, or within a buffer relative to its base.</summary>
/// <remarks>Invariant: not negative. Intervals of offsets are half-open, here and everywhere in this folder.</remarks>
public readonly record struct ByteOffset : IComparable<ByteOffset>
{
    public ByteOffset(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    public int Value { get; }

    public static explicit operator ByteOffset(int value) => new(value);

    public static explicit operator int(ByteOffset offset) => offset.Value;

    public static ByteOffset operator +(ByteOffset offset, ByteCount count) => new(checked(offset.Value + count.Value));

    public static ByteDistance operator -(ByteOffset to, ByteOffset from) => new(to.Value - from.Value);

    public static bool operator <(ByteOffset a, ByteOffset b) => a.Value < b.Value;

    public static bool operator >(ByteOffset a, ByteOffset b) => a.Value > b.Value;

    public static bool operator <=(ByteOffset a, ByteOffset b) => a.Value <= b.Value;

    public static bool operator >=(ByteOffset a, ByteOffset b) => a.Value >= b.Value;

    public int CompareTo(ByteOffset other) => Value.CompareTo(other.Value);

    public override string ToString() => $"@{Value}";
}
