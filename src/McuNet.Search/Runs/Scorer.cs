using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>
/// Asks the trainer, once for everything: what the log holds is not asked again. Few networks are asked at a time, so that a kill loses
/// little.
/// </summary>
internal sealed class Scorer(
    ITrainer trainer,
    EvaluationLog log,
    SearchJob job,
    int processes,
    Action<Diagnostic> warn,
    CancellationToken cancellation
)
{
    private const string AccuracyField = "accuracy";

    /// <summary>What the trainer is asked at the moment, for its error.</summary>
    public string Phase { get; set; } = "start";

    /// <summary>Accuracies with the supernet's weights.</summary>
    /// <param name="kind">The kind of the log's entries.</param>
    /// <param name="limit">Images; null for the whole validation split.</param>
    /// <param name="done">Called with the number of networks done and their accuracies so far.</param>
    public async Task<IReadOnlyList<double>> Supernet(
        IReadOnlyList<Candidate> candidates,
        string kind,
        int? limit,
        Action<int, IReadOnlyList<double>> done
    )
    {
        var accuracies = new double[candidates.Count];
        var known = candidates.Select(c => log.Find($"{kind}/{c.Hash}")).ToArray();
        foreach (var index in Enumerable.Range(0, known.Length).Where(i => known[i] is not null))
            accuracies[index] = Number(known[index]!, AccuracyField);
        var finished = Enumerable.Range(0, known.Length).Where(i => known[i] is not null).Select(i => accuracies[i]).ToList();
        done(finished.Count, finished);
        foreach (var chunk in Enumerable.Range(0, known.Length).Where(i => known[i] is null).Chunk(Math.Max(1, processes)))
        {
            var list = await Ask(() =>
                trainer.EvaluateAsync(
                    chunk.Select(i => candidates[i].Architecture).ToArray(),
                    DataSplit.Validation,
                    null,
                    limit,
                    null,
                    cancellation
                )
            );
            for (var i = 0; i < chunk.Length; i++)
            {
                accuracies[chunk[i]] = list.Accuracies[i];
                log.Append($"{kind}/{candidates[chunk[i]].Hash}", Entry(candidates[chunk[i]], list.Accuracies[i], list.Images));
            }
            finished.AddRange(list.Accuracies);
            done(finished.Count, finished);
        }
        return accuracies;
    }

    public async Task<RankingCheck> Rank(
        IReadOnlyList<Architecture> architectures,
        TrainingRecipe? recipe,
        IProgress<TrainerProgress> progress
    )
    {
        if (log.Find("rank") is { } known)
            return new RankingCheck(Numbers(known, "scores"), Numbers(known, "references"), Number(known, "spearman"));
        var check = await Ask(() => trainer.RankAsync(architectures, recipe, null, progress, cancellation));
        log.Append(
            "rank",
            new JsonObject
            {
                ["spearman"] = check.Spearman,
                ["scores"] = new JsonArray([.. check.Scores.Select(s => (JsonNode)s)]),
                ["references"] = new JsonArray([.. check.References.Select(r => (JsonNode)r)]),
                ["architectures"] = new JsonArray([.. architectures.Select(a => JsonNode.Parse(a.ToJson()))]),
            }
        );
        return check;
    }

    /// <summary>A network's own training.</summary>
    public async Task<FineTuned> FineTune(AloneRun run, IProgress<TrainerProgress> progress)
    {
        if (log.Find(run.Key) is { } known)
            return new FineTuned(known["weights"]!.GetValue<string>(), Number(known, AccuracyField));
        var tuned = await Ask(() =>
            trainer.FineTuneAsync(
                run.Candidate.Architecture,
                run.Recipe,
                run.FromRandom,
                (long)run.Seed,
                run.Teacher,
                progress,
                cancellation
            )
        );
        log.Append(run.Key, Entry(tuned));
        return tuned;
    }

    /// <summary>Where the trainer has several processes, trainings that will be asked for: each process takes one at a time.</summary>
    public async Task Ahead(IEnumerable<AloneRun> runs, IProgress<TrainerProgress> progress)
    {
        if (processes < 2)
            return;
        var missing = runs.DistinctBy(r => r.Key).Where(r => log.Find(r.Key) is null).ToArray();
        foreach (var chunk in missing.Chunk(processes))
        {
            var list = await Ask(() => trainer.FineTuneAllAsync([.. chunk.Select(r => r.Training)], progress, cancellation));
            for (var i = 0; i < chunk.Length; i++)
                log.Append(chunk[i].Key, Entry(list.Trainings[i]));
        }
    }

    public async Task<double> Test(Candidate candidate, string weights)
    {
        var key = $"test/{candidate.Hash}/{weights}";
        if (log.Find(key) is { } known)
            return Number(known, AccuracyField);
        var list = await Ask(() => trainer.EvaluateAsync([candidate.Architecture], DataSplit.Test, weights, null, null, cancellation));
        log.Append(key, new JsonObject { [AccuracyField] = list.Accuracies[0], ["images"] = list.Images });
        return list.Accuracies[0];
    }

    /// <summary>The answer, or the end of the search with the trainer's errors.</summary>
    public async Task<T> Ask<T>(Func<Task<StageResult<T>>> ask)
        where T : class
    {
        var result = await ask();
        foreach (var warning in result.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Error))
            warn(warning);
        if (result.Succeeded)
            return result.Value;
        var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        throw new SearchStoppedException([
            .. errors,
            Diagnostic.Create(DiagnosticCatalog.SearchTrainerFailed, Phase, log.Count, job.Folder),
        ]);
    }

    private static JsonObject Entry(Candidate candidate, double accuracy, int images) =>
        new()
        {
            [AccuracyField] = accuracy,
            ["images"] = images,
            ["sram"] = candidate.Resources.SramBytes,
            ["flash"] = candidate.Resources.FlashBytes,
            ["macs"] = candidate.Resources.Macs,
            ["latencyMs"] = candidate.Resources.LatencyMs,
            ["input"] = candidate.Input.ToString().ToLowerInvariant(),
            ["architecture"] = JsonNode.Parse(candidate.Architecture.ToJson()),
        };

    private static JsonObject Entry(FineTuned tuned) => new() { ["weights"] = tuned.Weights, [AccuracyField] = tuned.Accuracy };

    private static double Number(JsonObject entry, string field) => entry[field]!.GetValue<double>();

    private static ImmutableArray<double> Numbers(JsonObject entry, string field) =>
        [.. entry[field]!.AsArray().Select(n => n!.GetValue<double>())];
}

/// <summary>One training of a candidate: what the log knows it by, and what the trainer is asked.</summary>
/// <param name="Kind">Of the log's entry.</param>
internal sealed record AloneRun(string Kind, Candidate Candidate, TrainingRecipe Recipe, bool FromRandom, ulong Seed, Teacher? Teacher)
{
    public string Key => $"{Kind}/{Candidate.Hash}/{Seed}{(FromRandom ? "/random" : "")}{(Teacher is null ? "" : $"/{Teacher.Weights}")}";

    public AloneTraining Training => new(Candidate.Architecture, Recipe, FromRandom, (long)Seed, Teacher);
}
