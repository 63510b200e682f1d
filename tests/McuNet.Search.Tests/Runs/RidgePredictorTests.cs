using System;
using System.Linq;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Runs;

public sealed class RidgePredictorTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("cifar").Value;

    /// <summary>An accuracy that genes add up to, with noise of a fifth of its spread.</summary>
    private static double Truth(Architecture a, int seed)
    {
        var blocks = a.Stages.SelectMany(s => s.Blocks).ToArray();
        var noise = SplitMix64.For(99, (ulong)seed).Unit() - 0.5;
        return 0.5
            + 0.002 * a.Resolution
            + 0.05 * a.Width
            + 0.01 * blocks.Length
            + 0.004 * blocks.Sum(b => b.Kernel == 5 ? 1 : 0)
            + 0.03 * noise;
    }

    private static Architecture[] Networks(int count, ulong seed) =>
        [.. Enumerable.Range(0, count).Select(i => Sampling.Uniform(Space, SplitMix64.For(seed, (ulong)i)))];

    [Fact]
    public void Predict_NetworksNotSeen_RanksThemAsTheyAre()
    {
        var trained = Networks(40, 1).Select((a, i) => (a, Truth(a, i))).ToArray();
        var predictor = new RidgePredictor(Space, trained);
        var others = Networks(200, 2);
        var rank = RankCorrelation.Spearman([.. others.Select(predictor.Predict)], [.. others.Select((a, i) => Truth(a, 1000 + i))]);
        Assert.InRange(rank, 0.75, 1);
        Assert.All(others, a => Assert.InRange(predictor.Predict(a), 0.4, 0.8));
    }

    /// <summary>What it says of itself is near what it does on others.</summary>
    [Fact]
    public void LeftOut_OfNetworks_CorrelatesAsUnseenOnesDo()
    {
        var trained = Networks(40, 3).Select((a, i) => (a, Truth(a, i))).ToArray();
        var predictor = new RidgePredictor(Space, trained);
        var left = RankCorrelation.Spearman(predictor.LeftOut, [.. trained.Select(t => t.Item2)]);
        Assert.InRange(left, 0.6, 0.97);
    }

    [Fact]
    public void LeftOut_OfNoise_DoesNotCorrelate()
    {
        var trained = Networks(40, 4).Select((a, i) => (a, SplitMix64.For(5, (ulong)i).Unit())).ToArray();
        Assert.InRange(RankCorrelation.Spearman(new RidgePredictor(Space, trained).LeftOut, [.. trained.Select(t => t.Item2)]), -0.7, 0.45);
    }

    /// <summary>The shortcut by the inverse against really leaving each out.</summary>
    [Fact]
    public void LeftOut_EqualsTrainingWithoutTheNetwork()
    {
        var trained = Networks(12, 6).Select((a, i) => (Architecture: a, Accuracy: Truth(a, i))).ToArray();
        var all = new RidgePredictor(Space, trained);
        var without = Enumerable
            .Range(0, 12)
            .Select(i => new RidgePredictor(Space, [.. trained.Where((_, j) => j != i)]).Predict(trained[i].Architecture))
            .ToArray();
        Assert.InRange(RankCorrelation.Spearman(all.LeftOut, without), 0.6, 1);
    }
}
