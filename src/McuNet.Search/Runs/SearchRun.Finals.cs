using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Search.Baselines;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>Baselines, fine-tuning and test.</summary>
public sealed partial class SearchRun
{
    /// <summary>As many random networks that fit as evolution scored.</summary>
    private async Task<ImmutableArray<Scored>> RandomSearch(int count, NetworkScore score)
    {
        Report("random search", 0, count);
        var (candidates, _) = Draw.Fill(
            count,
            _file.Seed,
            RandomStream,
            (_, g) => Sampling.Uniform(_space, g),
            a => NetworkLayer.Hash(_space, a),
            _judge.Judge,
            new HashSet<string>(StringComparer.Ordinal)
        );
        return await Scored(candidates, "random search", score);
    }

    private static async Task<ImmutableArray<Scored>> Scored(ImmutableArray<Candidate> candidates, string phase, NetworkScore score) =>
        [.. candidates.Zip(await score(candidates, phase, 0, candidates.Length), (c, s) => new Scored(c, s))];

    /// <summary>The best of each kind; kinds of which no network fits are left out.</summary>
    private async Task<ImmutableArray<(string Name, Scored Scored)>> Baselines(
        ImmutableArray<Candidate> seeds,
        Generation evolved,
        ImmutableArray<Scored> random,
        NetworkScore score
    )
    {
        var scaled = _judge.Judge(UniformNetworks.Scaled(_space)).OfType<Candidate>().ToArray();
        var scaling = await Scored(UniformNetworks.Spread(scaled, _file.Evolution.Population), "MobileNetV2-style scaling", score);
        var uniform = await Scored(seeds, "uniform networks", score);
        var largest = await Scored([await Largest(seeds, evolved, random)], "largest that fits", score);
        var kinds = new (string Name, ImmutableArray<Scored> Scored)[]
        {
            ("MobileNetV2-style scaling", scaling),
            ("best uniform", uniform),
            ("random search, equal evaluations", random),
            ("largest that fits", largest),
        };
        // By size alone the best of evolution is the largest that fits itself.
        return
        [
            .. kinds
                .Where(k => !k.Scored.IsEmpty && !(_file.Method == SearchMethod.Largest && k.Name == "largest that fits"))
                .Select(k => (k.Name, Generation.Ranked(k.Scored).First())),
        ];
    }

    /// <summary>The most MACs of all networks that were judged to fit, and of an evolution for MACs.</summary>
    private async Task<Candidate> Largest(ImmutableArray<Candidate> seeds, Generation evolved, ImmutableArray<Scored> random)
    {
        Report("largest that fits", 0, 1);
        var grown = await _largest.Grown(seeds);
        return grown
            .Scored.Concat(evolved.Scored)
            .Concat(random)
            .Select(s => s.Candidate)
            .OrderByDescending(c => c.Resources.Macs)
            .ThenBy(c => c.Hash, StringComparer.Ordinal)
            .First();
    }

    /// <summary>The chosen of evolution, trained, best first.</summary>
    private async Task<ImmutableArray<Contender>> Finalists(Generation evolved)
    {
        var tuned = new List<Contender>();
        foreach (var scored in Chosen(evolved))
            tuned.Add(await Tuned(Contender.FoundBySearch, scored, null));
        return Ranked(tuned);
    }

    private static ImmutableArray<Contender> Ranked(IEnumerable<Contender> contenders) =>
        [
            .. contenders
                .OrderByDescending(t => t.FineTuned)
                .ThenByDescending(t => t.Validation)
                .ThenBy(t => t.Candidate.Hash, StringComparer.Ordinal),
        ];

    private ImmutableArray<Scored> Chosen(Generation evolved) =>
        _file.Method == SearchMethod.Largest
            ? evolved.Best(_file.FineTune.Top)
            : FinalistChoice.Of(evolved.Scored, _file.FineTune.Top, Math.Min(_file.EvaluationImages ?? int.MaxValue, _dataset.Validation));

    /// <summary>All again, with the answers of the best finalist to learn from; of both trainings of a network the better one
    /// counts.</summary>
    private async Task<(ImmutableArray<Contender>, List<Contender>)> Distilled(
        ImmutableArray<Contender> finalists,
        List<Contender> baselines
    )
    {
        var teacher = new Teacher(finalists[0].Candidate.Architecture, finalists[0].Weights);
        async Task<Contender> Better(Contender first)
        {
            var again = await Tuned(first.Name, new Scored(first.Candidate, first.Score ?? first.Candidate.Resources.Macs), teacher);
            return again.FineTuned > first.FineTuned ? again : first;
        }
        await Ahead(finalists.Concat(baselines).Select(c => c.Candidate), teacher);
        var better = new List<Contender>();
        foreach (var finalist in finalists)
            better.Add(await Better(finalist));
        var others = new List<Contender>();
        foreach (var baseline in baselines)
            others.Add(await Better(baseline));
        return (Ranked(better), others);
    }

    /// <summary>Whether a training begins at random, for each start that the file names.</summary>
    private ImmutableArray<bool> Starts =>
        _file.FineTune.From switch
        {
            TuningStart.Supernet => [false],
            TuningStart.Random => [true],
            _ => [false, true],
        };

    private TrainingRecipe FinalRecipe(Teacher? teacher) =>
        _file.FineTune.Recipe(_dataset.Train) with
        {
            Distillation = teacher is null ? null : _file.FineTune.Distillation,
        };

    /// <summary>The trainings that <see cref="Tuned"/> asks for, of all candidates, spread over the trainer's processes.</summary>
    private Task Ahead(IEnumerable<Candidate> candidates, Teacher? teacher)
    {
        var recipe = FinalRecipe(teacher);
        var runs =
            from candidate in candidates
            from fromRandom in Starts
            from run in Trainings(candidate, recipe, fromRandom, teacher)
            select run;
        return _scorer.Ahead(runs, Relay("training of the finalists"));
    }

    /// <summary>One for each seed.</summary>
    private IEnumerable<AloneRun> Trainings(Candidate candidate, TrainingRecipe recipe, bool fromRandom, Teacher? teacher) =>
        Enumerable
            .Range(0, _file.FineTune.Seeds)
            .Select(i => new AloneRun("finetune", candidate, recipe, fromRandom, _file.Seed + (ulong)i, teacher));

    /// <summary>A network trained alone with every seed, from each start that the file names.</summary>
    private async Task<Contender> Tuned(string name, Scored scored, Teacher? teacher)
    {
        var plan = _file.FineTune;
        var recipe = FinalRecipe(teacher);
        var validation =
            _file.Method == SearchMethod.Supernet ? await _scorer.Supernet([scored.Candidate], "validation", null, (_, _) => { }) : null;
        var starts = Starts;
        var runs = new List<ImmutableArray<TrainedRun>>();
        foreach (var fromRandom in starts)
        {
            var tuned = ImmutableArray.CreateBuilder<TrainedRun>(plan.Seeds);
            foreach (var run in Trainings(scored.Candidate, recipe, fromRandom, teacher))
            {
                var phase =
                    $"training: {name}{(teacher is null ? "" : ", taught")}{(starts.Length > 1 && fromRandom ? ", from the start" : "")}"
                    + (plan.Seeds > 1 ? $", {tuned.Count + 1} of {plan.Seeds}" : "");
                Report(phase, 0, recipe.Steps);
                var one = await _scorer.FineTune(run, Relay(phase));
                _best = Math.Max(_best ?? 0, one.Accuracy);
                tuned.Add(new(one.Weights, one.Accuracy));
            }
            runs.Add(tuned.MoveToImmutable());
        }
        return new(
            name,
            scored.Candidate,
            _file.Method == SearchMethod.Largest ? null : scored.Score,
            validation?[0],
            runs.MaxBy(r => r.Average(t => t.Validation))
        );
    }

    private async Task<Contender> Tested(Contender contender)
    {
        Report($"test: {contender.Name}", 0, 1);
        var runs = ImmutableArray.CreateBuilder<TrainedRun>(contender.Runs.Length);
        foreach (var run in contender.Runs)
            runs.Add(run with { Test = await _scorer.Test(contender.Candidate, run.Weights) });
        return contender with { Runs = runs.MoveToImmutable() };
    }
}
