using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Evolution;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>One training of a network that was compared to the end.</summary>
/// <param name="Weights">The trainer's name for what it gave.</param>
/// <param name="Validation">Accuracy on the validation split.</param>
/// <param name="Test">Null where it was not read: for finalists behind the best one, and without a test split.</param>
public sealed record TrainedRun(string Weights, double Validation, double? Test = null);

/// <summary>A network that was compared to the end.</summary>
/// <param name="Name">Where it comes from: <see cref="FoundBySearch"/>, or the name of a baseline.</param>
/// <param name="Score">What the search chose it by: accuracy with shared weights, or as predicted; null where it was chosen by
/// size.</param>
/// <param name="Validation">Accuracy with shared weights on the whole validation split; null without a supernet.</param>
/// <param name="Runs">Its trainings, one per seed.</param>
public sealed record Contender(string Name, Candidate Candidate, double? Score, double? Validation, ImmutableArray<TrainedRun> Runs)
{
    public const string FoundBySearch = "found by search";

    /// <summary>On the validation split after its own training, the mean of all.</summary>
    public double FineTuned => Runs.Average(r => r.Validation);

    /// <summary>On the test split, the mean of all trainings.</summary>
    public double? Test => Runs.Average(r => r.Test);

    /// <summary>Those of the training that is best on the validation split.</summary>
    public string Weights => Runs.MaxBy(r => r.Validation)!.Weights;

    public bool Equals(Contender? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Candidate.Hash.GetHashCode(System.StringComparison.Ordinal);
}

/// <param name="Evaluations">Networks scored so far.</param>
/// <param name="Best">Best score so far.</param>
public sealed record HistoryPoint(int Generation, int Evaluations, double Best);

/// <summary>A finished search: a contest of what evolution found and the baselines, all fine-tuned with the same steps.</summary>
/// <param name="Finalists">Of evolution, best first, at least one.</param>
/// <param name="Evolution">All that evolution scored, in order.</param>
/// <param name="Random">All that random search scored; empty without baselines.</param>
public sealed record SearchOutcome(
    ImmutableArray<Contender> Finalists,
    ImmutableArray<Contender> Baselines,
    RankingCheck Ranking,
    ImmutableArray<HistoryPoint> History,
    ImmutableArray<Scored> Evolution,
    ImmutableArray<Scored> Random,
    DrawCounts Counts,
    DatasetSummary Dataset,
    TrainerHello Trainer
)
{
    /// <summary>The best that evolution found.</summary>
    public Contender Found => Finalists[0];

    /// <summary>What is compared: the best that evolution found, then the baselines.</summary>
    public ImmutableArray<Contender> Rows => Baselines.Insert(0, Found);

    /// <summary>The best of all rows on the validation split, trained; of equals the one with more accuracy before, then the
    /// first.</summary>
    public Contender Winner => Rows.OrderByDescending(r => r.FineTuned).ThenByDescending(r => r.Validation).First();

    /// <summary>What is known of a row on the validation split.</summary>
    public Accuracy Validated(Contender row) => Accuracy.Of([.. row.Runs.Select(r => r.Validation)], Dataset.Validation);

    /// <summary>The same on the test split; null where it was not read.</summary>
    public Accuracy? Tested(Contender row) => row.Test is null ? null : Accuracy.Of([.. row.Runs.Select(r => r.Test!.Value)], Dataset.Test);

    /// <summary>How much better <paramref name="a"/> is than <paramref name="b"/>, on the validation split, by which rows are
    /// chosen.</summary>
    public Accuracy Difference(Contender a, Contender b) =>
        Accuracy.Difference([.. a.Runs.Select(r => r.Validation)], [.. b.Runs.Select(r => r.Validation)], Dataset.Validation);

    /// <summary>The fastest of rows and finalists whose accuracy is not significantly below that of the row with the most work; null
    /// without baselines.</summary>
    public (Contender Fastest, Contender Largest)? FastestAsGood
    {
        get
        {
            if (Baselines.IsEmpty)
                return null;
            var largest = Rows.MaxBy(r => r.Candidate.Resources.Macs)!;
            var asGood = Rows.Concat(Finalists).Where(r => Difference(r, largest) is var d && (d.Mean >= 0 || d.IsWithinChance));
            return (asGood.MinBy(r => r.Candidate.Resources.LatencyMs)!, largest);
        }
    }
}

/// <summary>Where a search is.</summary>
/// <param name="Best">Best accuracy so far, null before the first.</param>
public sealed record SearchProgress(string Phase, int Done, int Total, double? Best = null, string? Note = null);
