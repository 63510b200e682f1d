using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Evolution;

public sealed class EvolutionRunTests
{
    private const long MostMacs = 3_000_000;
    private static readonly SearchSpace Space = SpacePresets.Find("cifar").Value;
    private static readonly EvolutionSettings Settings = new(12, 4, 5, 5, 0.2, 6, Seeding.Random);

    [Fact]
    public async Task Run_WithOneOrManyThreads_IsTheSame()
    {
        var one = await Run(Settings, seed: 9, threads: 1);
        var many = await Run(Settings, seed: 9, threads: 4);

        Assert.Equal(one.Scored.Select(s => s.Candidate.Hash), many.Scored.Select(s => s.Candidate.Hash));
        Assert.Equal(one.Counts, many.Counts);
    }

    [Fact]
    public async Task Run_WithAnotherSeed_IsAnother()
    {
        var (first, second) = (await Run(Settings, seed: 1, threads: 1), await Run(Settings, seed: 2, threads: 1));

        Assert.NotEqual(first.Scored.Select(s => s.Candidate.Hash), second.Scored.Select(s => s.Candidate.Hash));
    }

    [Fact]
    public async Task Run_ScoresOnlyNewNetworksThatFit_AndGetsBetter()
    {
        var end = await Run(Settings, seed: 9, threads: 1);

        Assert.Equal(Settings.Evaluations - end.Counts.Missing, end.Scored.Length);
        Assert.Equal(end.Scored.Length, end.Scored.Select(s => s.Candidate.Hash).Distinct().Count());
        Assert.All(end.Scored, s => Assert.InRange(s.Candidate.Resources.Macs, 1, MostMacs));
        Assert.True(end.Counts.Infeasible > 0);
        Assert.True(end.Best(1)[0].Score > end.Scored.Take(Settings.Population).Max(s => s.Score));
    }

    [Fact]
    public async Task Run_WhereNothingFits_EndsWithoutScores()
    {
        var end = await new EvolutionRun(
            Space,
            Settings,
            1,
            networks => new Candidate?[networks.Count],
            _ => throw new InvalidOperationException()
        ).RunAsync([]);

        Assert.Empty(end.Scored);
        Assert.Equal(Settings.Population, end.Counts.Missing);
        Assert.Equal(Settings.Population * Draw.Attempts, end.Counts.Infeasible);
    }

    private static Task<Generation> Run(EvolutionSettings settings, ulong seed, int threads) =>
        new EvolutionRun(
            Space,
            settings,
            seed,
            networks => Judge(networks, threads),
            candidates => Task.FromResult<IReadOnlyList<double>>([.. candidates.Select(c => c.Resources.Macs + c.Architecture.FirstKernel)])
        ).RunAsync([]);

    private static Candidate?[] Judge(IReadOnlyList<Architecture> networks, int threads)
    {
        var judged = new Candidate?[networks.Count];
        Parallel.For(
            0,
            judged.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
            {
                var macs = NetworkLayer.Of(Space, networks[i]).Sum(l => l.Macs);
                judged[i] =
                    macs > MostMacs
                        ? null
                        : new Candidate(
                            networks[i],
                            new Resources(1, 1, 1, 1, macs, 1, 1, 1, null, ""),
                            InputMode.Resident,
                            NetworkLayer.Hash(Space, networks[i])
                        );
            }
        );
        return judged;
    }
}
