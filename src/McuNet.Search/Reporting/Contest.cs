using System;
using System.Linq;
using McuNet.Search.Searching;

namespace McuNet.Search.Reporting;

/// <summary>The outcome of the contest between search and baselines in one sentence, for console and report.</summary>
public static class Contest
{
    public static string Verdict(SearchOutcome outcome)
    {
        var (winner, found) = (outcome.Winner, outcome.Found);
        if (winner != found)
            return FormattableString.Invariant(
                $"Winner: the baseline '{winner.Name}' with {100 * winner.FineTuned:0.00} % on the validation split. Search did not beat it: its best network has {100 * found.FineTuned:0.00} %."
            );
        var beaten = outcome.Baselines.IsEmpty
            ? ""
            : FormattableString.Invariant($"; the best baseline has {100 * outcome.Baselines.Max(b => b.FineTuned):0.00} %");
        return FormattableString.Invariant(
            $"Winner: found by search, with {100 * winner.FineTuned:0.00} % on the validation split{beaten}."
        );
    }
}
