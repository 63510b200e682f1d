using System;
using System.Linq;
using McuNet.Search.Runs;
using Xunit;

namespace McuNet.Search.Tests.Runs;

public sealed class AccuracyTests
{
    [Fact]
    public void Of_OneTraining_HasTheErrorOfTheBinomialDistribution()
    {
        var accuracy = Accuracy.Of([0.8], 10_000);
        Assert.Equal((0.8, 0.004), (accuracy.Mean, Math.Round(accuracy.StandardError, 6)));
        Assert.Equal("80.00 ± 0.40", accuracy.ToString());
    }

    [Fact]
    public void Of_SeveralTrainings_AddsTheErrorBetweenThem()
    {
        var accuracy = Accuracy.Of([0.79, 0.80, 0.81], 10_000);
        Assert.Equal(0.8, accuracy.Mean, 12);
        Assert.Equal(Math.Sqrt(0.8 * 0.2 / 10_000 + 0.0001 / 3), accuracy.StandardError, 12);
    }

    /// <summary>Seeds that are good or bad for both say nothing of the difference.</summary>
    [Fact]
    public void Difference_SameSeeds_IsThatOfPairs()
    {
        var difference = Accuracy.Difference([0.80, 0.84, 0.82], [0.79, 0.83, 0.805], 10_000);
        Assert.Equal((0.01 + 0.01 + 0.015) / 3, difference.Mean, 12);
        Assert.InRange(difference.StandardError, 0.0015, 0.0025);
        Assert.False(difference.IsWithinChance);
    }

    /// <summary>Few images differ where two accuracies do: others would give another difference, however alike the trainings are.</summary>
    [Fact]
    public void Difference_OfAFewImages_IsWithinChanceWhateverTheSeedsSay()
    {
        var (a, b) = (new[] { 0.88, 0.88, 0.88 }, new[] { 0.87, 0.87, 0.87 });
        Assert.Equal(Math.Sqrt(0.01 * 0.99 / 300), Accuracy.Difference(a, b, 300).StandardError, 12);
        Assert.True(Accuracy.Difference(a, b, 300).IsWithinChance);
        Assert.False(Accuracy.Difference(a, b, 10_000).IsWithinChance);
    }

    [Fact]
    public void Difference_OneTrainingEach_AddsTheirErrors()
    {
        Assert.True(Accuracy.Difference([0.81], [0.80], 2000).IsWithinChance);
        Assert.False(Accuracy.Difference([0.84], [0.80], 2000).IsWithinChance);
    }
}
