using System;
using System.Linq;
using McuNet.Search.Runs;

namespace McuNet.Search.Reporting;

/// <summary>The outcome of the contest between search and baselines in sentences, for console and report.</summary>
public static class Contest
{
    public static string Verdict(SearchOutcome outcome)
    {
        var (winner, found) = (outcome.Winner, outcome.Found);
        if (outcome.Baselines.IsEmpty)
            return FormattableString.Invariant($"Winner: found by search, with {outcome.Validated(winner)} % on the validation split.");
        var other = winner == found ? outcome.Baselines.MaxBy(b => b.FineTuned)! : found;
        var difference = outcome.Difference(winner, other);
        var (points, error) = (100 * difference.Mean, 100 * difference.StandardError);
        var apart = difference.IsWithinChance
            ? FormattableString.Invariant(
                $"not distinguishable: the difference of {points:0.00} points is within two standard errors of {error:0.00}"
            )
            : FormattableString.Invariant(
                $"{points:0.00} points more, {points / Math.Max(error, 1e-9):0.0} standard errors of {error:0.00}"
            );
        return winner == found
            ? FormattableString.Invariant(
                $"Winner: found by search, with {outcome.Validated(winner)} % on the validation split; the best baseline, '{other.Name}', has {outcome.Validated(other)} %: {apart}."
            )
            : FormattableString.Invariant(
                $"Winner: the baseline '{winner.Name}' with {outcome.Validated(winner)} % on the validation split. Search did not beat it: its best network has {outcome.Validated(found)} %, {apart}."
            );
    }

    /// <summary>The fastest network that is as good as the largest; null without baselines.</summary>
    public static string? Fastest(SearchOutcome outcome)
    {
        if (outcome.FastestAsGood is not var (fastest, largest))
            return null;
        var (time, most) = (fastest.Candidate.Resources.LatencyMs, largest.Candidate.Resources.LatencyMs);
        if (fastest == largest)
            return FormattableString.Invariant($"No faster network is as good as the largest, '{largest.Name}' with {most:0.00} ms.");
        var difference = outcome.Difference(fastest, largest);
        return FormattableString.Invariant(
            $"As good as the largest within two standard errors, and fastest: '{fastest.Name}' with {time:0.00} ms instead of {most:0.00} ms ({100 * (1 - time / most):0} % less), {100 * difference.Mean:+0.00;-0.00} ± {100 * difference.StandardError:0.00} points."
        );
    }
}
