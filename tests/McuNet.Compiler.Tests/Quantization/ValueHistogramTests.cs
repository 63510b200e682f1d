using System;
using System.Linq;
using McuNet.Compiler.Quantization;
using Xunit;

namespace McuNet.Compiler.Tests.Quantization;

public sealed class ValueHistogramTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 20_000).Select(i => MathF.Sin(i * 0.37f) * MathF.Exp(i % 97 * 0.03f))];

    [Theory]
    [InlineData(RangeMethod.MinMax)]
    [InlineData(RangeMethod.Percentile)]
    [InlineData(RangeMethod.Mse)]
    public void Range_OfTheSameValuesInOtherOrderAndBatches_IsTheSame(RangeMethod method)
    {
        var (whole, parts) = (new ValueHistogram(), new ValueHistogram());
        whole.Add(Values);
        foreach (var part in Values.Reverse().Chunk(777))
            parts.Add(part);
        Assert.Equal(whole.Count, parts.Count);
        Assert.Equal(whole.Range(method, 99), parts.Range(method, 99));
    }

    [Fact]
    public void Range_MinMax_IsExact()
    {
        var histogram = new ValueHistogram();
        histogram.Add([0.1f, -3e-20f, 5.4321f]);
        Assert.Equal(new ValueRange(-3e-20f, 5.4321f), histogram.Range(RangeMethod.MinMax, 0));
    }

    [Theory]
    [InlineData(99.0)]
    [InlineData(99.9)]
    [InlineData(90.0)]
    public void Range_Percentile_LeavesOutThatShare(double percentile)
    {
        var histogram = new ValueHistogram();
        histogram.Add(Values);
        var (min, max) = histogram.Range(RangeMethod.Percentile, percentile);
        var outside = Values.Count(v => v < min || v > max) * 100.0 / Values.Length;
        Assert.InRange(outside, (100 - percentile) * 0.8, 100 - percentile);
        Assert.InRange(Values.Count(v => v > max) / (double)Values.Count(v => v < min), 0.7, 1.4);
    }

    [Fact]
    public void Range_Mse_HasLessErrorThanMinMaxWhereOneValueIsFarOut()
    {
        var histogram = new ValueHistogram();
        float[] values = [.. Enumerable.Range(0, 200_000).Select(i => i % 1000 / 1000f), 40];
        histogram.Add(values);
        var range = histogram.Range(RangeMethod.Mse, 0);
        Assert.InRange(range.Max, 1, 39);
        Assert.True(Error(values, range) < Error(values, histogram.Range(RangeMethod.MinMax, 0)));
    }

    [Fact]
    public void Add_ValuesThatAreNotFinite_AreNotedAndLeftOut()
    {
        var histogram = new ValueHistogram();
        histogram.Add([1, float.NaN, float.PositiveInfinity, 2]);
        Assert.True(histogram.HasNonFinite);
        Assert.Equal((2, 1f, 2f), (histogram.Count, histogram.Min, histogram.Max));
    }

    [Fact]
    public void Range_OfNothingOrOfZeros_IsZero()
    {
        var histogram = new ValueHistogram();
        Assert.Equal(default, histogram.Range(RangeMethod.Percentile, 99));
        histogram.Add(new float[100]);
        Assert.All(Enum.GetValues<RangeMethod>(), m => Assert.Equal(0, histogram.Range(m, 99).Min));
    }

    /// <summary>The error of quantising to 256 steps, value by value.</summary>
    private static double Error(float[] values, ValueRange range)
    {
        var step = (range.Max - range.Min) / 255.0;
        return values.Sum(v => Math.Pow(v - (range.Min + step * Math.Clamp(Math.Round((v - range.Min) / step), 0, 255)), 2));
    }
}
