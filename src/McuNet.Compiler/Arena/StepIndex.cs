using System;

namespace McuNet.Compiler.Arena;

/// <summary>One moment of an inference: everything live at the same step must lie in different bytes.</summary>
/// <remarks>Invariant: not negative.</remarks>
public readonly record struct StepIndex : IComparable<StepIndex>
{
    public StepIndex(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    public int Value { get; }

    public static explicit operator StepIndex(int value) => new(value);

    public static explicit operator int(StepIndex step) => step.Value;

    public static bool operator <(StepIndex a, StepIndex b) => a.Value < b.Value;

    public static bool operator >(StepIndex a, StepIndex b) => a.Value > b.Value;

    public static bool operator <=(StepIndex a, StepIndex b) => a.Value <= b.Value;

    public static bool operator >=(StepIndex a, StepIndex b) => a.Value >= b.Value;

    public int CompareTo(StepIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => $"step {Value}";
}
