using System;

namespace McuNet.Compiler.Arena;

/// <summary>Names a buffer within one <see cref="ArenaProblem"/>. All ties are broken by it.</summary>
public readonly record struct BufferId(int Value) : IComparable<BufferId>
{
    public static explicit operator BufferId(int value) => new(value);

    public static explicit operator int(BufferId id) => id.Value;

    public int CompareTo(BufferId other) => Value.CompareTo(other.Value);

    public override string ToString() => $"#{Value}";
}
