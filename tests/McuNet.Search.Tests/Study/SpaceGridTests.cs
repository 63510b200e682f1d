using System;
using System.Collections.Immutable;
using McuNet.Search.Spaces;
using McuNet.Search.Study;
using Xunit;

namespace McuNet.Search.Tests.Study;

public sealed class SpaceGridTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("digits").Value;

    [Fact]
    public void Gain_IsTheRatioOfTheMeansOfBothChoices()
    {
        var grid = Grid(25, 10);

        Assert.Equal(1, grid.Gain(1, 0));
        Assert.Equal(grid.At(1, 0, 0).Choice!.MeanMacs / grid.At(0, 0, 0).Choice!.MeanMacs, grid.Gain(0, 0));
        Assert.NotEqual(1, grid.Gain(0, 0));
        Assert.Contains("MMACs by one (", grid.Verdict(1, 0), StringComparison.Ordinal);
        Assert.EndsWith("1.00 x.", grid.Verdict(1, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_WhereTheFirstChoosesNothing_SaysSoAndHasNoGain()
    {
        var grid = Grid(1_000, 20);

        Assert.Null(grid.Gain(0, 0));
        Assert.StartsWith("The mean network that fits has nothing to choose from by one, ", grid.Verdict(0, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_OfAGrid_HasACellForEveryPairOfBudgets()
    {
        var html = StudyReport.Html(Grid(1_000, 20));

        Assert.Equal(2 * 2 + 2, html.Split("rgba(").Length - 1);
        Assert.Contains("from nothing", html, StringComparison.Ordinal);
    }

    /// <summary>Judges that see a need of so many bytes for every row of the image, under SRAM budgets of 400 and 100,000 bytes.</summary>
    private static SpaceGrid Grid(int first, int second) =>
        SpaceGrid.Of(
            [400, 100_000],
            [50],
            new StudyOptions(0, 0),
            ("judge one", "by one", Sample(first)),
            ("judge two", "by two", Sample(second))
        );

    private static SpaceSample Sample(int perRow) => SpaceSample.Draw(Space, new PerRow(perRow), 10, 1);

    private sealed class PerRow(int bytes) : IResourceModel
    {
        public ImmutableArray<long> SramBudgets => [];

        public ImmutableArray<Needs> Of(Architecture architecture) => [new(bytes * architecture.Resolution, 40)];
    }
}
