using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Baselines;
using McuNet.Search.Evolution;
using McuNet.Search.Redistribution;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>
/// A search from its file to the winner: training, ranking gate, evolution, baselines, fine-tuning, test. Everything but the trainer's
/// answers follows from the job; those are in the log, so that a search that was killed continues by running again.
/// </summary>
public sealed partial class SearchRun
{
    private const ulong RankStream = 1_000_001;
    private const ulong RandomStream = 1_000_002;

    private readonly SearchJob _job;
    private readonly SearchSpace _space;
    private readonly SearchFile _file;
    private readonly ITrainer _trainer;
    private readonly EvaluationLog _log;
    private readonly CandidateJudge _judge;
    private readonly LargestNetworks _largest;
    private readonly IProgress<SearchProgress> _progress;
    private readonly CancellationToken _cancellation;
    private readonly List<Diagnostic> _warnings = [];
    private DatasetSummary _dataset = new("", "", [], [], 0, 0, 0);
    private RankingCheck _predicted = new([], [], 0);
    private Scorer _scorer;
    private double? _best;

    private SearchRun(
        SearchJob job,
        ITrainer trainer,
        EvaluationLog log,
        IProgress<SearchProgress> progress,
        CancellationToken cancellation
    )
    {
        (_job, _space, _file) = (job, job.Space, job.File);
        (_trainer, _log, _progress, _cancellation) = (trainer, log, progress, cancellation);
        _judge = new CandidateJudge(_space, job.Options, _file.Input, _file.Bands, _file.Schedule, job.Threads);
        _largest = new LargestNetworks(job, _judge);
        _scorer = new Scorer(trainer, log, job, 1, _warnings.Add, cancellation);
    }

    /// <summary>
    /// Runs or continues a search. Errors: MCU8048 nothing fits, MCU8050 ranking gate, MCU8051 and the trainer's own, MCU8052 disk,
    /// MCU4005 energy unknown; <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    public static async Task<StageResult<SearchOutcome>> RunAsync(
        SearchJob job,
        ITrainer trainer,
        EvaluationLog log,
        IProgress<SearchProgress> progress,
        CancellationToken cancellation = default
    )
    {
        var run = new SearchRun(job, trainer, log, progress, cancellation);
        try
        {
            var outcome = await run.Run();
            return StageResult<SearchOutcome>.Success(outcome, [.. run._warnings]);
        }
        catch (SearchStoppedException stop)
        {
            return StageResult<SearchOutcome>.Failure([.. run._warnings, .. stop.Diagnostics]);
        }
    }

    private async Task<SearchOutcome> Run()
    {
        Check();
        var hello = await _scorer.Ask(() => _trainer.HelloAsync(_cancellation));
        _scorer = new Scorer(_trainer, _log, _job, hello.Processes, _warnings.Add, _cancellation);
        _dataset = (await Initialised()).Dataset;
        var seeds = Seeds();
        var score = await Scores(seeds);
        var ranking = _file.Method == SearchMethod.Supernet ? await Rank() : _predicted;
        var history = new List<HistoryPoint>();
        var evolved = await Evolve(_file.Evolution.Seeding == Seeding.Uniform ? seeds : [], score, history);
        if (evolved.Scored.IsEmpty)
            throw new SearchStoppedException(_largest.Infeasible());
        var random = _file.Baselines ? await RandomSearch(evolved.Scored.Length, score) : [];
        var named = _file.Baselines ? await Baselines(seeds, evolved, random, score) : [];
        await Ahead(Chosen(evolved).Concat(named.Select(n => n.Scored)).Select(s => s.Candidate), null);
        var finalists = await Finalists(evolved);
        var baselines = new List<Contender>();
        foreach (var (name, scored) in named)
            baselines.Add(await Tuned(name, scored, null));
        if (_file.FineTune.Distillation > 0)
            (finalists, baselines) = await Distilled(finalists, baselines);
        if (_dataset.Test > 0)
        {
            finalists = finalists.SetItem(0, await Tested(finalists[0]));
            for (var i = 0; i < baselines.Count; i++)
                baselines[i] = await Tested(baselines[i]);
        }
        return new SearchOutcome(finalists, [.. baselines], ranking, [.. history], evolved.Scored, random, evolved.Counts, _dataset, hello);
    }

    /// <summary>What can be known before anything is trained.</summary>
    private void Check()
    {
        Report("feasibility", 0, 1);
        if (_largest.Problem() is { } problem)
            throw new SearchStoppedException(problem);
    }

    /// <summary>The trainer with the data, and the supernet trained where the method needs one.</summary>
    private async Task<TrainerState> Initialised()
    {
        Report("data set", 0, 1);
        var state = await _scorer.Ask(() =>
            _trainer.InitAsync(new TrainerSetup(_space, _job.DatasetPath, (long)_file.Seed, _job.TrainerFolder), _cancellation)
        );
        if (_file.Method != SearchMethod.Supernet)
            return state;
        if (state.Stage != "elastic")
            await TrainStage(TrainingStage.Largest, _file.Train.LargestSteps);
        if (state.Stage != "elastic" || state.Step < _file.Train.RandomSteps)
            await TrainStage(TrainingStage.Elastic, _file.Train.RandomSteps);
        return state;
    }

    private async Task TrainStage(TrainingStage stage, int steps)
    {
        var name = stage == TrainingStage.Largest ? "training: largest network" : "training: random networks";
        Report(name, 0, steps);
        var recipe = new TrainingRecipe(steps) { Batch = _file.Train.Batch, LearningRate = _file.Train.LearningRate };
        var trained = await _scorer.Ask(() => _trainer.TrainAsync(stage, recipe, Relay(name), _cancellation));
        if (trained.Cancelled)
            throw new OperationCanceledException(_cancellation);
    }

    private async Task<RankingCheck> Rank()
    {
        var plan = _file.Rank;
        Report("ranking check", 0, plan.Networks);
        var random = SplitMix64.For(_file.Seed, RankStream);
        var held = Enumerable.Range(0, plan.Networks).Select(_ => Sampling.Uniform(_space, random)).ToArray();
        var recipe =
            plan.Against == RankReference.Macs
                ? null
                : new TrainingRecipe(plan.Steps) { Batch = _file.Train.Batch, LearningRate = _file.Train.LearningRate };
        var check = await _scorer.Rank(held, recipe, Relay("ranking check"));
        Gate(check.Spearman, plan.Networks, plan.Against == RankReference.Macs ? "their MACs" : "those of the same networks trained alone");
        return check;
    }

    private ImmutableArray<Candidate> Seeds()
    {
        Report("uniform networks", 0, 1);
        return _largest.Uniform();
    }

    private Task<Generation> Evolve(ImmutableArray<Candidate> seeds, NetworkScore score, List<HistoryPoint> history)
    {
        var settings = _file.Evolution;
        var done = 0;
        var run = new EvolutionRun(
            _space,
            settings,
            _file.Seed,
            _judge.Judge,
            async candidates =>
            {
                var accuracies = await score(candidates, "evolution", done, settings.Evaluations);
                done += candidates.Count;
                return accuracies;
            },
            Redistributed
        );
        return run.RunAsync(
            seeds,
            generation =>
            {
                if (!generation.Scored.IsEmpty)
                    history.Add(new HistoryPoint(generation.Number, generation.Scored.Length, generation.Best(1)[0].Score));
            }
        );
    }

    /// <summary>One of the redistributions of a network, for its part in patches.</summary>
    private Architecture? Redistributed(Architecture parent, SplitMix64 random) =>
        PatchStage.Of(_space, parent) is { } stage && new Redistributor(_space, stage).Propose(parent) is { IsEmpty: false } proposals
            ? Sampling.Pick(proposals, random).Architecture
            : null;

    private async Task<IReadOnlyList<double>> Supernet(IReadOnlyList<Candidate> candidates, string phase, int before, int total)
    {
        _scorer.Phase = phase;
        return await _scorer.Supernet(
            candidates,
            "supernet",
            _file.EvaluationImages,
            (finished, accuracies) =>
            {
                if (phase == "evolution" && accuracies.Count > 0)
                    _best = Math.Max(_best ?? 0, accuracies.Max());
                _progress.Report(new SearchProgress(phase, before + finished, total, _best));
            }
        );
    }

    private void Report(string phase, int done, int total)
    {
        _cancellation.ThrowIfCancellationRequested();
        _scorer.Phase = phase;
        _progress.Report(new SearchProgress(phase, done, total, _best));
    }

    private TrainerRelay Relay(string phase) => new(_progress, phase, () => _best);

    /// <summary>The trainer's progress as the search's.</summary>
    private sealed class TrainerRelay(IProgress<SearchProgress> progress, string phase, Func<double?> best) : IProgress<TrainerProgress>
    {
        public void Report(TrainerProgress value)
        {
            var note = value.Loss is { } loss
                ? FormattableString.Invariant($"loss {loss:0.000}, {value.ImagesPerSecond:0} images/s")
                : null;
            progress.Report(new SearchProgress(phase, value.Step, value.Steps, best(), note));
        }
    }
}
