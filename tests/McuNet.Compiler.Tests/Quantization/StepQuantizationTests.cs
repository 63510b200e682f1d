using System;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using Xunit;

namespace McuNet.Compiler.Tests.Quantization;

public sealed class StepQuantizationTests
{
    [Theory]
    [InlineData(-1f, 0.9921875f, 0.0078125f, 0)]
    [InlineData(0f, 6f, 6f / 255, -128)]
    [InlineData(-3f, -1f, 3f / 255, 127)]
    [InlineData(2f, 5.1f, 0.02f, -128)]
    [InlineData(0f, 0f, 1f, -128)]
    public void Over_Range_HoldsZeroExactly(float min, float max, float scale, int zero)
    {
        var steps = StepQuantization.Over(new(min, max), OnnxType.Int8);
        Assert.Equal(scale, steps.Scale, 1e-7f);
        Assert.Equal(zero, steps.ZeroPoint);
        Assert.Equal(zero + 128, StepQuantization.Over(new(min, max), OnnxType.UInt8).ZeroPoint);
    }

    [Fact]
    public void Weights_OfEveryChannel_AreWithinHalfAStep()
    {
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, 60).Select(i => (random.NextSingle() - 0.5f) * (1 + i / 20))];
        var rows = WeightQuantization.Of(weights, 3, inner: 20);
        Assert.All(
            weights.Select((w, i) => Math.Abs(w - rows.Weights[i] * rows.Scales[i / 20]) / rows.Scales[i / 20]),
            e => Assert.InRange(e, 0, 0.5001f)
        );
        var columns = WeightQuantization.Of(weights, 3, inner: 1);
        Assert.All(
            weights.Select((w, i) => Math.Abs(w - columns.Weights[i] * columns.Scales[i % 3]) / columns.Scales[i % 3]),
            e => Assert.InRange(e, 0, 0.5001f)
        );
        Assert.All(rows.Weights, w => Assert.InRange(w, -127, 127));
    }

    [Fact]
    public void Weights_OfADeadChannel_LeaveRoomForItsBias()
    {
        var quantized = WeightQuantization.Of([0, 0, 1e-9f, 0], 2, 2, [3f, -2f], 0.5f);
        Assert.All(quantized.Scales.Select((s, c) => new[] { 3.0, 2.0 }[c] / (s * 0.5)), b => Assert.InRange(b, 0, int.MaxValue / 1.99));
    }
}
