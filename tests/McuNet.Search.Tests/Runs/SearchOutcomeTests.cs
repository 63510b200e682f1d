using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Evolution;
using McuNet.Search.Reporting;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Runs;

public sealed class SearchOutcomeTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("digits").Value;

    [Theory]
    [InlineData(
        0.69,
        0.68,
        0.695,
        2,
        "Search did not beat it: its best network has 69.00 ± 0.46 %, not distinguishable: the difference of 0.50 points"
    )]
    [InlineData(
        0.70,
        0.68,
        0.695,
        0,
        "Winner: found by search, with 70.00 ± 0.46 % on the validation split; the best baseline, 'baseline 2', has 69.50 ± 0.46 %: not"
    )]
    [InlineData(0.69, 0.69, 0.680, 0, "Winner: found by search")]
    public void Winner_IsTheBestRowOnTheValidationSplit_AndOfEqualsTheFirst(
        double found,
        double first,
        double second,
        int winner,
        string verdict
    )
    {
        var outcome = Outcome(found, first, second);

        Assert.Equal(outcome.Rows[winner], outcome.Winner);
        Assert.Equal(Contender.FoundBySearch, outcome.Found.Name);
        Assert.Contains(verdict, Contest.Verdict(outcome), StringComparison.Ordinal);
    }

    /// <summary>The test split has no say: the second baseline is best there.</summary>
    [Fact]
    public void Winner_DoesNotDependOnTheTestSplit()
    {
        var outcome = Outcome(0.70, 0.69, 0.68);

        Assert.Equal(0.9, outcome.Baselines[1].Test);
        Assert.Equal(outcome.Found, outcome.Winner);
    }

    [Fact]
    public void Verdict_OfADifferenceThatChanceDoesNotExplain_SaysHowLargeItIs() =>
        Assert.Contains(
            "2.00 points more, 4.3 standard errors of 0.46.",
            Contest.Verdict(Of(20_000, 0.70, 0.68)),
            StringComparison.Ordinal
        );

    /// <summary>Rows have less work and more time in their order; the second baseline is far behind.</summary>
    [Fact]
    public void FastestAsGood_IsTheFastestRowThatIsNotSignificantlyBelowTheLargest()
    {
        var outcome = Outcome(0.695, 0.70, 0.60);
        var rows = outcome.Baselines.Select(b => b with { Candidate = Slower(b.Candidate, -2) }).ToArray();
        outcome = outcome with { Baselines = [rows[0], rows[1] with { Candidate = Slower(rows[1].Candidate, -9) }] };

        Assert.Equal(
            (rows[0].Name, outcome.Found.Name),
            (outcome.FastestAsGood!.Value.Fastest.Name, outcome.FastestAsGood.Value.Largest.Name)
        );
        Assert.Contains("with 9.00 ms instead of 10.00 ms (10 % less)", Contest.Fastest(outcome), StringComparison.Ordinal);
    }

    private static Candidate Slower(Candidate candidate, double milliseconds) =>
        candidate with
        {
            Resources = candidate.Resources with { LatencyMs = candidate.Resources.LatencyMs + milliseconds },
        };

    private static SearchOutcome Outcome(double found, params double[] baselines) => Of(10_000, found, baselines);

    private static SearchOutcome Of(int images, double found, params double[] baselines) =>
        new(
            [Tuned(Contender.FoundBySearch, 0, found, 0.5), Tuned(Contender.FoundBySearch, 9, found - 0.1, null)],
            [.. baselines.Select((b, i) => Tuned($"baseline {i + 1}", i + 1, b, i == 1 ? 0.9 : 0.5))],
            new RankingCheck([], [], 1),
            [],
            [],
            [],
            new DrawCounts(),
            new DatasetSummary("d", "i", [], [1, 28, 28], 1, images, images),
            new TrainerHello(1, "t", "1")
        );

    private static Contender Tuned(string name, int seed, double tuned, double? test) =>
        new(
            name,
            new Candidate(
                Sampling.Uniform(Space, SplitMix64.For((ulong)seed, 0)),
                new Resources(1, 1, 1, 1, 1000 - seed, 1, 1, 10 + seed, null, ""),
                InputMode.Resident,
                name
            ),
            0.6,
            0.6,
            [new("w", tuned, test)]
        );
}
