using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>What evolution goes by: shared weights, a predictor, or size.</summary>
public sealed partial class SearchRun
{
    private const ulong BandStream = 1_000_003;

    /// <summary>Random networks that are judged for each one that is trained, to find the band.</summary>
    private const int DrawnForEach = 40;

    /// <summary>Candidates -> scores in the same order.</summary>
    /// <param name="before">Networks scored before in this phase, of <paramref name="total"/>.</param>
    private delegate Task<IReadOnlyList<double>> NetworkScore(IReadOnlyList<Candidate> candidates, string phase, int before, int total);

    private async Task<NetworkScore> Scores(ImmutableArray<Candidate> seeds) =>
        _file.Method switch
        {
            SearchMethod.Supernet => Supernet,
            SearchMethod.Predictor => Predicted(await Learnt(seeds)),
            _ => (candidates, _, _, _) => LargestNetworks.Work(candidates),
        };

    private NetworkScore Predicted(RidgePredictor predictor) =>
        (candidates, phase, before, total) =>
        {
            _progress.Report(new SearchProgress(phase, before + candidates.Count, total, _best));
            return Task.FromResult<IReadOnlyList<double>>([.. candidates.Select(c => predictor.Predict(c.Architecture))]);
        };

    /// <summary>Trains some networks of the band alone, for a short time, and learns from them. The gate of the search is the rank
    /// correlation of accuracies with those that the other networks predict.</summary>
    private async Task<RidgePredictor> Learnt(ImmutableArray<Candidate> seeds)
    {
        var (plan, trained) = (_file.Predictor, new List<(Architecture, double)>());
        var recipe = _file.FineTune.Recipe(_dataset.Train) with { Steps = plan.Length.Of(_dataset.Train, _file.FineTune.Batch) };
        var band = await Band(seeds);
        var runs = band.Select(c => new AloneRun("alone", c, recipe, true, _file.Seed, null)).ToArray();
        await _scorer.Ahead(runs, Relay("training alone"));
        foreach (var run in runs)
        {
            var phase = $"training alone: {trained.Count + 1} of {band.Length}";
            Report(phase, 0, recipe.Steps);
            var alone = await _scorer.FineTune(run, Relay(phase));
            _best = Math.Max(_best ?? 0, alone.Accuracy);
            trained.Add((run.Candidate.Architecture, alone.Accuracy));
        }
        var predictor = new RidgePredictor(_space, trained);
        var accuracies = trained.Select(t => t.Item2).ToImmutableArray();
        _predicted = new(predictor.LeftOut, accuracies, RankCorrelation.Spearman(predictor.LeftOut, accuracies));
        Gate(_predicted.Spearman, band.Length, "those that a regression over the others predicts");
        return predictor;
    }

    /// <summary>Networks that use most of the budget, drawn at random among all that were found to; at least those nearest to it.</summary>
    private async Task<ImmutableArray<Candidate>> Band(ImmutableArray<Candidate> seeds)
    {
        var count = _file.Predictor.Networks;
        Report("networks near the budget", 0, 1);
        var grown = (await _largest.Grown(seeds)).Scored.Select(s => s.Candidate);
        var drawn = _judge.Judge([
            .. Enumerable
                .Range(0, count * DrawnForEach)
                .Select(i => Sampling.Uniform(_space, SplitMix64.For(_file.Seed, BandStream, (ulong)i))),
        ]);
        var all = grown.Concat(drawn.OfType<Candidate>()).DistinctBy(c => c.Hash).OrderBy(c => c.Hash, StringComparer.Ordinal).ToArray();
        var most = _file.Budgets.LatencyMs ?? all.Max(c => c.Resources.Macs);
        double Use(Candidate c) => _file.Budgets.LatencyMs is null ? c.Resources.Macs : c.Resources.LatencyMs;
        var inside = all.Where(c => Use(c) >= _file.Predictor.Band * most).ToList();
        if (inside.Count < count)
            return [.. all.OrderByDescending(Use).ThenBy(c => c.Hash, StringComparer.Ordinal).Take(count)];
        var random = SplitMix64.For(_file.Seed, BandStream, ulong.MaxValue);
        var chosen = ImmutableArray.CreateBuilder<Candidate>(count);
        while (chosen.Count < count)
        {
            var next = random.Below(inside.Count);
            chosen.Add(inside[next]);
            inside.RemoveAt(next);
        }
        return chosen.MoveToImmutable();
    }

    /// <summary>Ends the search, or warns, where a ranking is worse than the file asks for.</summary>
    private void Gate(double spearman, int networks, string against)
    {
        var plan = _file.Rank;
        if (spearman >= plan.Gate)
            return;
        var found = Diagnostic.Create(
            plan.Stops ? DiagnosticCatalog.SearchRankingGate : DiagnosticCatalog.SearchRankingPoor,
            networks,
            against,
            spearman,
            plan.Gate
        );
        if (plan.Stops)
            throw new SearchStoppedException(found);
        _warnings.Add(found);
    }
}
