using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Search.Evolution;

/// <summary>
/// Which networks are fine-tuned. Scores are shares of right answers on some images, so that networks within a standard error of the best
/// cannot be told apart by them; among those fine-tuning tries small and large ones.
/// </summary>
public static class FinalistChoice
{
    /// <summary>
    /// Networks within a standard error of the best, ordered by MACs and parted into <paramref name="count"/> groups of equal size: the best of
    /// each group, so that the best of all is among them. Where there are no more than that, the best by score. Best first.
    /// </summary>
    /// <param name="images">On how many images a score was measured.</param>
    public static ImmutableArray<Scored> Of(IReadOnlyCollection<Scored> scored, int count, int images)
    {
        var ranked = Generation.Ranked(scored).ToArray();
        if (ranked.Length <= count)
            return [.. ranked];
        var least = ranked[0].Score - StandardError(ranked[0].Score, images);
        var near = ranked.TakeWhile(s => s.Score >= least).OrderBy(s => s.Candidate.Resources.Macs).ThenBy(s => s.Candidate.Hash, StringComparer.Ordinal).ToArray();
        if (near.Length <= count)
            return [.. ranked.Take(count)];
        var groups = Enumerable.Range(0, count).Select(g => near[(g * near.Length / count)..((g + 1) * near.Length / count)]);
        return [.. Generation.Ranked(groups.Select(group => Generation.Ranked(group).First()))];
    }

    /// <summary>Of a share of right answers, as the binomial distribution has it.</summary>
    public static double StandardError(double share, int images) => Math.Sqrt(share * (1 - share) / images);
}
