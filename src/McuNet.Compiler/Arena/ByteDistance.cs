using System;

namespace McuNet.Compiler.Arena;

/// <summary>How far one offset or size lies from another, in bytes; negative means below.</summary>
public readonly record struct ByteDistance(int Value) : IComparable<ByteDistance>
{
    public static explicit operator ByteDistance(int value) => new(value);

    public static explicit operator int(ByteDistance distance) => distance.Value;

    public static bool operator <(ByteDistance a, ByteDistance b) => a.Value < b.Value;

    public static bool operator >(ByteDistance a, ByteDistance b) => a.Value > b.Value;

    public static bool operator <=(ByteDistance a, ByteDistance b) => a.Value <= b.Value;

    public static bool operator >=(ByteDistance a, ByteDistance b) => a.Value >= b.Value;

    public int CompareTo(ByteDistance other) => Value.CompareTo(other.Value);

    public override string ToString() => $"{Value:+0;-0;0} B";
}
