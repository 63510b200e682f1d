using System;

namespace McuNet.Compiler.Report;

/// <summary>Distances of the marks on an axis.</summary>
internal static class RoundStep
{
    /// <summary>1, 2 or 5 times a power of ten, about six of which make a range.</summary>
    public static double Of(double range)
    {
        var rough = range / 6;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return unit
            * (
                rough / unit < 1.5 ? 1
                : rough / unit < 3.5 ? 2
                : rough / unit < 7.5 ? 5
                : 10
            );
    }
}
