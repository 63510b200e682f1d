using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Search.Training;

/// <summary>Whether two lists of figures order things alike.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's coefficient in [-1, 1], ties at their mean rank; 0 where one list has a single value.</summary>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (x, y) = (Ranks(a), Ranks(b));
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx * yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(v => values.Count(o => o < v) + (values.Count(o => o.Equals(v)) - 1) / 2.0)];
}
