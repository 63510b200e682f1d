using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Search.Baselines;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Searching;

/// <summary>Baselines, fine-tuning and test.</summary>
public sealed partial class SearchRun
{
    /// <summary>As many random networks that fit as evolution scored.</summary>
    private async Task<ImmutableArray<Scored>> RandomSearch(int count)
    {
        Report("random search", 0, count);
        var (candidates, _) = Draw.Fill(
            count,
            _file.Seed,
            RandomStream,
            (_, g) => Sampling.Uniform(_space, g),
            _judge.Judge,
            new HashSet<string>(StringComparer.Ordinal)
        );
        return await Score(candidates, "random search");
    }

    private async Task<ImmutableArray<Scored>> Score(ImmutableArray<Candidate> candidates, string phase) =>
        [.. candidates.Zip(await Supernet(candidates, phase, 0, candidates.Length), (c, s) => new Scored(c, s))];

    /// <summary>The best of each kind; kinds of which no network fits are left out.</summary>
    private async Task<ImmutableArray<(string Name, Scored Scored)>> Baselines(
        ImmutableArray<Candidate> seeds,
        Generation evolved,
        ImmutableArray<Scored> random
    )
    {
        var scaled = _judge.Judge(UniformNetworks.Scaled(_space)).OfType<Candidate>().ToArray();
        var scaling = await Score(UniformNetworks.Spread(scaled, _file.Evolution.Population), "MobileNetV2-style scaling");
        var uniform = await Score(seeds, "uniform networks");
        var largest = await Score([await Largest(seeds, evolved, random)], "largest that fits");
        var kinds = new (string Name, ImmutableArray<Scored> Scored)[]
        {
            ("MobileNetV2-style scaling", scaling),
            ("best uniform", uniform),
            ("random search, equal evaluations", random),
            ("largest that fits", largest),
        };
        return [.. kinds.Where(k => !k.Scored.IsEmpty).Select(k => (k.Name, Generation.Ranked(k.Scored).First()))];
    }

    /// <summary>The most MACs of all networks that were judged to fit, and of an evolution for MACs.</summary>
    private async Task<Candidate> Largest(ImmutableArray<Candidate> seeds, Generation evolved, ImmutableArray<Scored> random)
    {
        Report("largest that fits", 0, 1);
        var byMacs = new EvolutionRun(
            _space,
            _file.Evolution with
            {
                Redistribution = 0,
            },
            _file.Seed,
            _judge.Judge,
            candidates => Task.FromResult<IReadOnlyList<double>>([.. candidates.Select(c => (double)c.Resources.Macs)])
        );
        var grown = await byMacs.RunAsync(seeds);
        return grown
            .Scored.Concat(evolved.Scored)
            .Concat(random)
            .Select(s => s.Candidate)
            .OrderByDescending(c => c.Resources.Macs)
            .ThenBy(c => c.Hash, StringComparer.Ordinal)
            .First();
    }

    /// <summary>The chosen of evolution, scored again on the whole validation split, fine-tuned, best first.</summary>
    private async Task<ImmutableArray<Contender>> Finalists(Generation evolved, DatasetSummary dataset)
    {
        var tuned = new List<Contender>();
        foreach (
            var scored in FinalistChoice.Of(
                evolved.Scored,
                _file.FineTune.Top,
                Math.Min(_file.EvaluationImages ?? int.MaxValue, dataset.Validation)
            )
        )
            tuned.Add(await Tuned(Contender.FoundBySearch, scored));
        return
        [
            .. tuned
                .OrderByDescending(t => t.FineTuned)
                .ThenByDescending(t => t.Validation)
                .ThenBy(t => t.Candidate.Hash, StringComparer.Ordinal),
        ];
    }

    private async Task<Contender> Tuned(string name, Scored scored)
    {
        var phase = $"fine-tuning: {name}";
        Report(phase, 0, _file.FineTune.Steps);
        var validation = await _scorer.Supernet([scored.Candidate], "validation", null, (_, _) => { });
        var recipe = new TrainingRecipe(_file.FineTune.Steps) { Batch = _file.FineTune.Batch, LearningRate = _file.FineTune.LearningRate };
        var tuned = await _scorer.FineTune(scored.Candidate, recipe, Relay(phase));
        _best = Math.Max(_best ?? 0, tuned.Accuracy);
        return new Contender(name, scored.Candidate, scored.Score, validation[0], tuned.Accuracy, null, tuned.Weights);
    }

    private async Task<Contender> Tested(Contender contender)
    {
        Report($"test: {contender.Name}", 0, 1);
        return contender with { Test = await _scorer.Test(contender.Candidate, contender.Weights) };
    }
}
