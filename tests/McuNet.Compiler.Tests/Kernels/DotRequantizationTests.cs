using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class DotRequantizationTests
{
    [Fact]
    public void Of_RandomLayers_EqualsFloatForEveryAccumulator()
    {
        var random = new Random(5);
        var floats = 0;
        for (var i = 0; i < 12; i++)
        {
            var layer = Layer(random, channels: 1 + random.Next(4));
            var found = DotRequantization.Of(layer, 0);
            floats += Enumerable.Range(0, layer.Output.Channels).Count(c => (found.Floats >> c & 1) != 0);
            foreach (var c in Enumerable.Range(0, layer.Output.Channels).Where(c => (found.Floats >> c & 1) == 0))
                AssertExact(layer, found, c);
        }

        Assert.InRange(floats, 0, 6);
    }

    [Fact]
    public void Of_TieRoundedToEven_LeavesThatChannelToFloats()
    {
        var layer = Layer(new Random(1), channels: 4);
        var found = DotRequantization.Of(layer with { Scale = layer.Scale.SetItem(2, 0.0625f) }, 0);
        Assert.Equal(1 << 2, found.Floats & 1 << 2);
        Assert.Equal(BitConverter.SingleToInt32Bits(0.0625f / 256), found.Multipliers[2]);
        Assert.Equal(0, found.Starts[2]);
        Assert.Equal(1u << 31 | 1u << 28, found.OffsetWord(-1) & 0xf800_0000 & ~(1u << 30 | 1u << 29 | 1u << 27));
        Assert.Equal(0xffu << 17, found.OffsetWord(-1) & 0xffu << 17);
    }

    [Fact]
    public void Of_ConstantChannel_GivesItsValueByIntegers()
    {
        var layer = Layer(new Random(2), channels: 4);
        layer = layer with { Scale = layer.Scale.SetItem(1, 1e-12f), OutputZero = 93 };
        var found = DotRequantization.Of(layer, 0);
        Assert.Equal(0, found.Floats & 1 << 1);
        Assert.Equal(93, Integer(found, 1, 0));
    }

    private static void AssertExact(LinearLayer layer, DotRequantization found, int channel)
    {
        var (low, high) = ConstantChannels.Reach(layer, channel);
        for (var acc = (int)low; acc <= high; acc++)
            Assert.Equal(Math.Clamp(IntegerRequantization.Output(acc, layer.Scale[channel], layer.OutputZero), -128, 127), Integer(found, channel, acc));
    }

    private static int Integer(DotRequantization found, int channel, int acc)
    {
        var fraction = channel % 2 == 0 ? DotRequantization.EvenFraction : 0;
        var sum = checked((acc << fraction) + found.Starts[channel]);
        var high = checked((int)(((long)sum * found.Multipliers[channel] + ((long)found.Offset << 32)) >> 32));
        return Math.Clamp(high >> (2 + fraction), -128, 127);
    }

    private static LinearLayer Layer(Random random, int channels)
    {
        const int taps = 12;
        var layer = new LinearLayer
        {
            Kind = LinearKind.Convolution,
            Input = new(1, 1, taps),
            Output = new(1, 1, channels),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
            Weights = [.. Enumerable.Range(0, taps * channels).Select(_ => (sbyte)random.Next(-127, 128))],
            Bias = [.. Enumerable.Range(0, channels).Select(_ => random.Next(-9000, 9000))],
            PlainBias = [],
            Scale = [.. Enumerable.Range(0, channels).Select(_ => (float)Math.Pow(2, -9 + 4 * random.NextDouble()))],
            InputZero = 0,
            OutputZero = random.Next(-128, 128),
            OutputMin = -128,
            OutputMax = 127,
        };
        return layer;
    }
}
