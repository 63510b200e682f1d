using System;

namespace McuNet.Compiler.Graph;

/// <summary>The range to which a fused activation limits real output values: Relu is [0, inf), Relu6 is [0, 6].</summary>
public readonly record struct Clamp(float Min, float Max)
{
    public static readonly Clamp None = new(float.NegativeInfinity, float.PositiveInfinity);

    public static readonly Clamp Relu = new(0, float.PositiveInfinity);

    /// <summary>The range in finite numbers, by which kernels limit float32 results: infinities saturate.</summary>
    public (float Low, float High) Finite => (Math.Max(Min, float.MinValue), Math.Min(Max, float.MaxValue));

    /// <summary>A real number limited to the range.</summary>
    public double Apply(double value) => Math.Clamp(value, Min, Max);

    /// <summary>A float32 limited to <see cref="Finite"/>; NaN stays.</summary>
    public float Limit(float value)
    {
        var (low, high) = Finite;
        return value < low ? low
            : value > high ? high
            : value;
    }

    public Clamp Intersect(Clamp other) => new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));

    /// <summary>The same range on quantised values of <paramref name="type"/>: both ends inclusive, inside the element's range.</summary>
    public (int Min, int Max) Quantized(TensorType type)
    {
        var (low, high) = type.Element.Range();
        return (Quantize(Min, low, high, type), Quantize(Max, low, high, type));
    }

    private static int Quantize(float value, int low, int high, TensorType type)
    {
        if (float.IsNegativeInfinity(value))
            return low;
        if (float.IsPositiveInfinity(value))
            return high;
        return (int)Math.Clamp(MathF.Round(value / type.Scale) + type.ZeroPoint, low, high);
    }
}
