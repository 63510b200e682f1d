using System;
using System.Collections.Generic;
using System.Globalization;

namespace McuNet.Compiler.Report.Html;

/// <summary>From values to coordinates, with marks at round values.</summary>
/// <param name="most">The value at <paramref name="end"/>.</param>
/// <param name="least">The value at <paramref name="begin"/>.</param>
internal sealed class ValueAxis(double most, double begin, double end, double least = 0)
{
    private readonly double _range = most > least ? most - least : 1;

    public double At(double value) => begin + (value - least) / _range * (end - begin);

    public IEnumerable<(double Value, double At, string Text)> Marks()
    {
        var step = RoundStep.Of(_range);
        for (var v = Math.Max(0, Math.Ceiling(least / step - 1e-6) * step); v <= least + _range * 1.0001; v += step)
            yield return (v, At(v), v.ToString(step >= 1 ? "N0" : "0.####", CultureInfo.InvariantCulture));
    }

    /// <summary>A little more than all of some values.</summary>
    public static double Above(params IEnumerable<double> values)
    {
        var most = 0.0;
        foreach (var value in values)
            most = Math.Max(most, value);
        return most * 1.04;
    }
}
