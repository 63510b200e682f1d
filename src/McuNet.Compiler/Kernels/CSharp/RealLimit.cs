/// <summary>The nearest number of a range; NaN stays.</summary>
internal static partial class Kernels
{
    internal static float Limit(float value, float low, float high) =>
        value < low ? low
        : value > high ? high
        : value;
}
