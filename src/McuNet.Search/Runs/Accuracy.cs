using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Search.Evolution;

namespace McuNet.Search.Runs;

/// <summary>A share of right answers, and how far it may lie from what other images and other seeds would give.</summary>
/// <param name="Mean">Over the trainings, in [0, 1].</param>
/// <param name="StandardError">Of the mean: that of the binomial distribution over the images and, of several trainings, that between them,
/// added as squares.</param>
public sealed record Accuracy(double Mean, double StandardError)
{
    /// <param name="shares">One per training.</param>
    /// <param name="images">Of each measurement; all see the same ones.</param>
    public static Accuracy Of(IReadOnlyList<double> shares, int images)
    {
        var mean = shares.Average();
        return new(mean, WithSquare(FinalistChoice.StandardError(mean, images), SquaredErrorOfMean(shares)));
    }

    /// <summary>
    /// a less b. Of several trainings with the same seeds on the same images their differences are compared in pairs, and the least is
    /// added that other images can change: two networks that differ by a share decide differently on at least that share of them. Of one
    /// training each the errors over the images are added as squares, which is more than they are where both err on the same images.
    /// </summary>
    public static Accuracy Difference(IReadOnlyList<double> a, IReadOnlyList<double> b, int images)
    {
        if (a.Count == b.Count && a.Count > 1)
        {
            var pairs = a.Zip(b, (x, y) => x - y).ToArray();
            var share = Math.Abs(pairs.Average());
            return new(pairs.Average(), WithSquare(FinalistChoice.StandardError(share, images), SquaredErrorOfMean(pairs)));
        }
        var (x, y) = (Of(a, images), Of(b, images));
        return new(x.Mean - y.Mean, WithSquare(x.StandardError, y.StandardError * y.StandardError));
    }

    /// <summary>Whether a difference is no more than chance explains.</summary>
    public bool IsWithinChance => Math.Abs(Mean) <= FinalistChoice.StandardErrors * StandardError;

    private static double WithSquare(double error, double square) => Math.Sqrt(error * error + square);

    /// <summary>Variance between trainings over their number; 0 of one.</summary>
    private static double SquaredErrorOfMean(IReadOnlyList<double> shares)
    {
        var mean = shares.Average();
        return shares.Count < 2 ? 0 : shares.Sum(s => (s - mean) * (s - mean)) / (shares.Count - 1) / shares.Count;
    }

    public override string ToString() => FormattableString.Invariant($"{100 * Mean:0.00} ± {100 * StandardError:0.00}");
}
