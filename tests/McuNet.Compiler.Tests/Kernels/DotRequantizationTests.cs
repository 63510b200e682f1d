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
            if (found.ByFloat)
                floats++;
            else
                Assert.All(Enumerable.Range(0, layer.Output.Channels), c => AssertExact(layer, found, c));
        }

        Assert.InRange(floats, 0, 4);
    }

    [Fact]
    public void Of_TieRoundedToEven_LeavesAllFourChannelsToFloats()
    {
        var layer = Layer(new Random(1), channels: 4);
        layer = layer with { Scale = layer.Scale.SetItem(2, 0.0625f) };
        var found = DotRequantization.Of(layer, 0);
        Assert.True(found.ByFloat);
        Assert.Equal(
            [layer.Scale[0] / 256, layer.Scale[1], 0.0625f / 256, layer.Scale[3]],
            found.Multipliers.Select(BitConverter.Int32BitsToSingle)
        );
        Assert.All(found.Starts, s => Assert.Equal(0, s));
        Assert.Equal(0x8000_00ffu, found.OffsetWord(-1));
    }

    [Fact]
    public void Of_ConstantChannel_GivesItsValueByIntegers()
    {
        var layer = Layer(new Random(2), channels: 4);
        layer = layer with { Scale = layer.Scale.SetItem(1, 1e-12f), OutputZero = 93 };
        var found = DotRequantization.Of(layer, 0);
        Assert.False(found.ByFloat);
        Assert.Equal(93, Integer(found, 1, 0));
    }

    [Theory]
    [InlineData(0, 20 << 8, 1f / 256)]
    [InlineData(1, 20, 1f)]
    public void Of_ConstantChannelBesideOneOfFloats_StartsAtItsValue(int channel, int start, float scale)
    {
        var layer = Layer(new Random(1), channels: 4);
        layer = layer with
        {
            Scale = layer.Scale.SetItem(2, 0.0625f).SetItem(channel, 1e-7f),
            Bias = layer.Bias.SetItem(channel, 200_000_000),
            OutputZero = 93,
        };
        var found = DotRequantization.Of(layer, 0);
        Assert.True(found.ByFloat);
        Assert.Equal(start, found.Starts[channel]);
        Assert.Equal(scale, BitConverter.Int32BitsToSingle(found.Multipliers[channel]));
    }

    private static void AssertExact(LinearLayer layer, DotRequantization found, int channel)
    {
        var (low, high) = ConstantChannels.Reach(layer, channel);
        for (var acc = (int)low; acc <= high; acc++)
            Assert.Equal(
                Math.Clamp(IntegerRequantization.Output(acc, layer.Scale[channel], layer.OutputZero), -128, 127),
                Integer(found, channel, acc)
            );
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
