using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Spaces;

namespace McuNet.Search.Training;

/// <summary>
/// A trainer in a child process that speaks JSON lines (docs/training.md). A child that dies or falls silent is started again, taken to its
/// last checkpoint, and asked anew; one that says what cannot be true is not.
/// </summary>
public sealed partial class TrainerProcess(TrainerCommand command, TrainerLimits? limits = null) : ITrainer
{
    private readonly TrainerLimits _limits = limits ?? new TrainerLimits();
    private readonly List<Diagnostic> _warnings = [];
    private TrainerConnection? _connection;
    private TrainerSetup? _setup;
    private bool _initialised;
    private long _lastId;

    public Task<StageResult<TrainerHello>> HelloAsync(CancellationToken cancellation = default) =>
        AskAsync(Requests.Hello(), Answers.Read<TrainerHello>, null, cancellation, needsInit: false);

    public Task<StageResult<TrainerState>> InitAsync(TrainerSetup setup, CancellationToken cancellation = default)
    {
        _setup = setup;
        _initialised = false;
        return AskAsync(Requests.Init(setup), m => InitAnswer(m, setup), null, cancellation, needsInit: false);
    }

    public async Task<StageResult<TrainedStage>> TrainAsync(
        TrainingStage stage,
        TrainingRecipe recipe,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var request = Requests.WithRecipe("train", recipe);
        request["stage"] = Answers.Word(stage);
        var trained = await AskAsync(
                request,
                m => Checked(Answers.Read<TrainedStage>(m), t => Answers.Check(t, stage, recipe)),
                progress,
                cancellation
            )
            .ConfigureAwait(false);
        // What the trainer's memory holds after a failure is unknown: the next operation begins at the checkpoint.
        _initialised &= trained.Succeeded;
        return trained;
    }

    public Task<StageResult<AccuracyList>> EvaluateAsync(
        IReadOnlyList<Architecture> architectures,
        DataSplit split = DataSplit.Validation,
        string? weights = null,
        int? limit = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var request = new JsonObject
        {
            ["op"] = "eval",
            ["architectures"] = List(architectures),
            ["split"] = Answers.Word(split),
            ["weights"] = weights,
            ["limit"] = limit,
        };
        return AskAsync(
            request,
            m => Checked(Answers.Read<AccuracyList>(m), a => Answers.Check(a, architectures.Count)),
            progress,
            cancellation
        );
    }

    public Task<StageResult<RankingCheck>> RankAsync(
        IReadOnlyList<Architecture> architectures,
        TrainingRecipe? trained = null,
        int? limit = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var request = trained is null ? new JsonObject { ["op"] = "rank" } : Requests.WithRecipe("rank", trained);
        request["architectures"] = List(architectures);
        request["against"] = trained is null ? "macs" : "trained";
        request["limit"] = limit;
        return AskAsync(
            request,
            m => Checked(Answers.Read<RankingCheck>(m), r => Answers.Check(r, architectures.Count)),
            progress,
            cancellation
        );
    }

    public Task<StageResult<FineTuned>> FineTuneAsync(
        Architecture architecture,
        TrainingRecipe recipe,
        bool fromRandom = false,
        long? seed = null,
        Teacher? teacher = null,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var request = Requests.FineTune(new AloneTraining(architecture, recipe, fromRandom, seed, teacher));
        return AskAsync(request, m => Checked(Answers.Read<FineTuned>(m), f => Answers.CheckAccuracy(f.Accuracy)), progress, cancellation);
    }

    public Task<StageResult<FineTunedList>> FineTuneAllAsync(
        IReadOnlyList<AloneTraining> trainings,
        IProgress<TrainerProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var request = new JsonObject
        {
            ["op"] = "trainings",
            ["trainings"] = new JsonArray([.. trainings.Select(JsonNode (t) => Requests.FineTune(t))]),
        };
        return AskAsync(
            request,
            m => Checked(Answers.Read<FineTunedList>(m), l => Answers.Check(l, trainings.Count)),
            progress,
            cancellation
        );
    }

    public Task<StageResult<ExportedNetwork>> ExportAsync(
        Architecture architecture,
        string path,
        string? weights = null,
        string? samples = null,
        CancellationToken cancellation = default
    )
    {
        var file = System.IO.Path.GetFullPath(path);
        var request = new JsonObject
        {
            ["op"] = "export",
            ["architecture"] = Requests.Architecture(architecture),
            ["path"] = file,
            ["weights"] = weights,
            ["samples"] = samples is null ? null : System.IO.Path.GetFullPath(samples),
        };
        return AskAsync(request, m => Checked(Answers.Read<ExportedNetwork>(m), e => Answers.Check(e, file)), null, cancellation);
    }

    public Task<StageResult<ImageSet>> CalibrationSetAsync(
        int resolution,
        string path,
        int? count = null,
        DataSplit split = DataSplit.Train,
        CancellationToken cancellation = default
    )
    {
        var file = System.IO.Path.GetFullPath(path);
        var request = new JsonObject
        {
            ["op"] = "calibset",
            ["resolution"] = resolution,
            ["path"] = file,
            ["count"] = count,
            ["split"] = Answers.Word(split),
        };
        return AskAsync(
            request,
            m => Checked(Answers.Read<ImageSet>(m), i => Answers.Check(i, _setup!.Space, resolution, file, count)),
            null,
            cancellation
        );
    }

    /// <summary>Asks the child to quit, and ends it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is null)
            return;
        using var connection = _connection;
        _connection = null;
        await connection.SendAsync(new JsonObject { ["id"] = ++_lastId, ["op"] = "quit" }).ConfigureAwait(false);
        await connection.QuitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    private TrainerState InitAnswer(JsonObject message, TrainerSetup setup)
    {
        var state = Checked(Answers.Read<TrainerState>(message), s => Answers.Check(s, setup));
        _initialised = true;
        return state;
    }

    private static T Checked<T>(T answer, Action<T> check)
    {
        check(answer);
        return answer;
    }

    private static JsonNode List(IEnumerable<Architecture> architectures) =>
        new JsonArray([.. architectures.Select(Requests.Architecture)]);
}
