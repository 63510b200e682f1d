namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The rate of exchange of time and bytes: the smallest bytes * cycles^n is taken, with an n for which a hundredth of the time weighs as
/// much as half of the memory.
/// </summary>
internal static class TimeForMemory
{
    /// <summary>1.01 to this power is 2.</summary>
    private const int TimeExponent = 70;

    /// <param name="unit">Cycles that count as one, so that the price stays finite.</param>
    public static double Price(double cycles, double bytes, double unit) => Power(cycles / unit, TimeExponent) * bytes;

    /// <summary>By multiplication, which gives the same bits on every machine.</summary>
    private static double Power(double value, int exponent) =>
        exponent == 0 ? 1 : (exponent % 2 == 0 ? 1 : value) * Power(value * value, exponent / 2);
}
