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

namespace McuNet.Search.Searching;

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
    private readonly IProgress<SearchProgress> _progress;
    private readonly CancellationToken _cancellation;
    private readonly List<Diagnostic> _warnings = [];
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
        _judge = new CandidateJudge(_space, job.Options, _file.Input, _file.Bands, job.Threads);
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
        var state = await Train();
        var ranking = await Rank();
        var history = new List<HistoryPoint>();
        var seeds = Seeds();
        var evolved = await Evolve(_file.Evolution.Seeding == Seeding.Uniform ? seeds : [], history);
        if (evolved.Scored.IsEmpty)
            throw new SearchStoppedException(Infeasible(Extremes.Smallest(_space)));
        var random = _file.Baselines ? await RandomSearch(evolved.Scored.Length) : [];
        var named = _file.Baselines ? await Baselines(seeds, evolved, random) : [];
        var hasTest = state.Dataset.Test > 0;
        var finalists = await Finalists(evolved, state.Dataset);
        finalists = hasTest ? finalists.SetItem(0, await Tested(finalists[0])) : finalists;
        var baselines = new List<Contender>();
        foreach (var (name, scored) in named)
        {
            var contender = await Tuned(name, scored);
            baselines.Add(hasTest ? await Tested(contender) : contender);
        }
        return new SearchOutcome(
            finalists,
            [.. baselines],
            ranking,
            [.. history],
            evolved.Scored,
            random,
            evolved.Counts,
            state.Dataset,
            hello
        );
    }

    /// <summary>What can be known before anything is trained.</summary>
    private void Check()
    {
        if (_file.Budgets.EnergyMj is { } energy && _job.Device.Millijoules(1) is null)
            throw new SearchStoppedException(Diagnostic.Create(DiagnosticCatalog.EnergyUnknown, _job.Device.Id, energy, _space.Name));
        var smallest = Extremes.Smallest(_space);
        Report("feasibility", 0, 1);
        if (_judge.Judge([smallest])[0] is null)
            throw new SearchStoppedException(Infeasible(smallest));
    }

    private Diagnostic Infeasible(Architecture smallest) =>
        Diagnostic.Create(DiagnosticCatalog.SearchInfeasible, _space.Name, _judge.Excess(_judge.Needs(smallest)));

    private async Task<TrainerState> Train()
    {
        Report("data set", 0, 1);
        var state = await _scorer.Ask(() =>
            _trainer.InitAsync(new TrainerSetup(_space, _job.DatasetPath, (long)_file.Seed, _job.TrainerFolder), _cancellation)
        );
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
        if (check.Spearman < plan.Gate)
        {
            var against = plan.Against == RankReference.Macs ? "their MACs" : "those of the same networks trained alone";
            var found = Diagnostic.Create(
                plan.Stops ? DiagnosticCatalog.SearchRankingGate : DiagnosticCatalog.SearchRankingPoor,
                plan.Networks,
                against,
                check.Spearman,
                plan.Gate
            );
            if (plan.Stops)
                throw new SearchStoppedException(found);
            _warnings.Add(found);
        }
        return check;
    }

    private ImmutableArray<Candidate> Seeds()
    {
        Report("uniform networks", 0, 1);
        return UniformNetworks.Spread(_judge.Judge(UniformNetworks.All(_space)).OfType<Candidate>(), _file.Evolution.Population);
    }

    private Task<Generation> Evolve(ImmutableArray<Candidate> seeds, List<HistoryPoint> history)
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
                var accuracies = await Supernet(candidates, "evolution", done, settings.Evaluations);
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
