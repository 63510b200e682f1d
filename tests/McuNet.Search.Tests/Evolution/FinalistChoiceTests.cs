using System;
using System.Linq;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Evolution;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Evolution;

public sealed class FinalistChoiceTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("cifar").Value;

    /// <summary>With 2,000 images two standard errors at 65 % are 2.13 points: 62.8 % is out, and small and large ones are in.</summary>
    [Fact]
    public void Of_ManyWithinTwoStandardErrors_SpreadsOverMacsAndKeepsTheBest()
    {
        var scored = Networks((0.650, 40), (0.649, 41), (0.648, 42), (0.647, 20), (0.645, 22), (0.630, 60), (0.629, 62), (0.628, 90));

        Assert.Equal([(0.650, 40), (0.647, 20), (0.630, 60)], FinalistChoice.Of(scored, 3, images: 2000).Select(Figures));
        Assert.Equal([(0.650, 40)], FinalistChoice.Of(scored, 1, images: 2000).Select(Figures));
    }

    [Fact]
    public void Of_NetworksOfEqualSize_IsTheBestByScore()
    {
        var scored = Networks((0.648, 40), (0.650, 40), (0.640, 40), (0.649, 40));

        Assert.Equal([0.650, 0.649, 0.648], FinalistChoice.Of(scored, 3, images: 2000).Select(s => s.Score));
    }

    [Fact]
    public void Of_FewWithinTwoStandardErrors_IsTheBestByScore()
    {
        var scored = Networks((0.50, 30), (0.80, 40), (0.60, 20), (0.70, 10));

        Assert.Equal([(0.80, 40), (0.70, 10)], FinalistChoice.Of(scored, 2, images: 2000).Select(Figures));
        Assert.Equal(4, FinalistChoice.Of(scored, 9, images: 2000).Length);
    }

    [Fact]
    public void StandardError_IsThatOfTheBinomialDistribution() => Assert.Equal(0.01066, FinalistChoice.StandardError(0.65, 2000), 0.00001);

    private static (double, long) Figures(Scored scored) => (scored.Score, scored.Candidate.Resources.Macs);

    private static Scored[] Networks(params (double Score, long Macs)[] figures) =>
        [
            .. figures.Select(
                (f, i) =>
                    new Scored(
                        new Candidate(
                            Sampling.Uniform(Space, SplitMix64.For(1, (ulong)i)),
                            new Resources(1, 1, 1, 1, f.Macs, 1, 1, 1, null, ""),
                            InputMode.Resident,
                            $"{i}"
                        ),
                        f.Score
                    )
            ),
        ];
}
