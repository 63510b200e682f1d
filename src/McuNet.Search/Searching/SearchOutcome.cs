using System.Collections.Immutable;
using McuNet.Search.Evolution;
using McuNet.Search.Training;

namespace McuNet.Search.Searching;

/// <summary>A network that was compared to the end.</summary>
/// <param name="Supernet">Accuracy during the search, with shared weights.</param>
/// <param name="Validation">The same on the whole validation split.</param>
/// <param name="FineTuned">On the validation split after fine-tuning.</param>
/// <param name="Test">Null where it was not read: for finalists that did not win, and without a test split.</param>
/// <param name="Weights">The trainer's name for the fine-tuned weights.</param>
public sealed record Contender(string Name, Candidate Candidate, double Supernet, double Validation, double FineTuned, double? Test, string Weights);

/// <param name="Evaluations">Networks scored so far.</param>
/// <param name="Best">Best score so far.</param>
public sealed record HistoryPoint(int Generation, int Evaluations, double Best);

/// <summary>A finished search.</summary>
/// <param name="Finalists">Best first; the first is the winner.</param>
/// <param name="Evolution">All that evolution scored, in order.</param>
/// <param name="Random">All that random search scored; empty without baselines.</param>
public sealed record SearchOutcome(
    Contender Winner, ImmutableArray<Contender> Finalists, ImmutableArray<Contender> Baselines, RankingCheck Ranking, ImmutableArray<HistoryPoint> History,
    ImmutableArray<Scored> Evolution, ImmutableArray<Scored> Random, DrawCounts Counts, DatasetSummary Dataset, TrainerHello Trainer);

/// <summary>Where a search is.</summary>
/// <param name="Best">Best accuracy so far, null before the first.</param>
public sealed record SearchProgress(string Phase, int Done, int Total, double? Best = null, string? Note = null);
