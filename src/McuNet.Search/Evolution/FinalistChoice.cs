using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Search.Evolution;

/// <summary>
/// Which networks are fine-tuned. Scores are shares of right answers on some images, so that networks within two standard errors of the
/// best cannot be told apart by them; among those fine-tuning tries small and large ones.
/// </summary>
public static class FinalistChoice
{
    /// <summary>Within how many of them two accuracies count as equal.</summary>
    public const double StandardErrors = 2;

    /// <summary>
    /// Networks within two standard errors of the best, parted into <paramref name="count"/> ranges of MACs of equal width: the best of
    /// each range, so that the best of all is among them. Where ranges are empty, the best of the others by score. Best first.
    /// </summary>
    /// <param name="images">On how many images a score was measured.</param>
    public static ImmutableArray<Scored> Of(IReadOnlyCollection<Scored> scored, int count, int images)
    {
        var ranked = Generation.Ranked(scored).ToArray();
        if (ranked.Length <= count)
            return [.. ranked];
        var least = ranked[0].Score - StandardErrors * StandardError(ranked[0].Score, images);
        var near = ranked.TakeWhile(s => s.Score >= least).ToArray();
        var (from, to) = (near.Min(s => s.Candidate.Resources.Macs), near.Max(s => s.Candidate.Resources.Macs));
        var spread = near.GroupBy(s => (s.Candidate.Resources.Macs - from) * count / (to - from + 1))
            .Select(range => range.First())
            .ToArray();
        return [.. Generation.Ranked(spread.Concat(ranked.Except(spread)).Take(count))];
    }

    /// <summary>Of a share of right answers, as the binomial distribution has it.</summary>
    public static double StandardError(double share, int images) => Math.Sqrt(share * (1 - share) / images);
}
