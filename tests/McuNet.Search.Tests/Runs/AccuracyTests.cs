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
        var difference = Accuracy.Difference([0.80, 0.84, 0.82], [0.79, 0.83, 0.805], 1000);
        Assert.Equal((0.01 + 0.01 + 0.015) / 3, difference.Mean, 12);
        Assert.InRange(difference.StandardError, 0.001, 0.002);
        Assert.False(difference.IsWithinChance);
    }

    [Fact]
    public void Difference_OneTrainingEach_AddsTheirErrors()
    {
        Assert.True(Accuracy.Difference([0.81], [0.80], 2000).IsWithinChance);
        Assert.False(Accuracy.Difference([0.84], [0.80], 2000).IsWithinChance);
    }
}
