using System.Collections.Immutable;
using System.Linq;
using McuNet.Search.Evolution;
using McuNet.Search.Training;

namespace McuNet.Search.Searching;

/// <summary>A network that was compared to the end.</summary>
/// <param name="Name">Where it comes from: <see cref="FoundBySearch"/>, or the name of a baseline.</param>
/// <param name="Supernet">Accuracy during the search, with shared weights.</param>
/// <param name="Validation">The same on the whole validation split.</param>
/// <param name="FineTuned">On the validation split after fine-tuning.</param>
/// <param name="Test">Null where it was not read: for finalists behind the best one, and without a test split.</param>
/// <param name="Weights">The trainer's name for the fine-tuned weights.</param>
public sealed record Contender(
    string Name,
    Candidate Candidate,
    double Supernet,
    double Validation,
    double FineTuned,
    double? Test,
    string Weights
)
{
    public const string FoundBySearch = "found by search";
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

    /// <summary>The best of all rows on the validation split, fine-tuned; of equals the one with more accuracy before, then the
    /// first.</summary>
    public Contender Winner => Rows.OrderByDescending(r => r.FineTuned).ThenByDescending(r => r.Validation).First();
}

/// <summary>Where a search is.</summary>
/// <param name="Best">Best accuracy so far, null before the first.</param>
public sealed record SearchProgress(string Phase, int Done, int Total, double? Best = null, string? Note = null);
