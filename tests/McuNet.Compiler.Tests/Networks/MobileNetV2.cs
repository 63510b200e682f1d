using System;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>MobileNetV2 with random weights: the network of the published memory figures (residual where stride is 1 and channels
/// agree).</summary>
public static class MobileNetV2
{
    private static readonly (int Expansion, int Channels, int Repeats, int Stride)[] Stages =
    [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ];

    public static NetworkGraph Build(double width, int resolution, int classes = 1000) =>
        Build(width, resolution, Stages, firstKernel: 3, classes);

    /// <summary>The receptive field of the first stages redistributed as in MCUNetV2: a 1x1 kernel in the first block, one block less in
    /// the second stage.</summary>
    public static NetworkGraph Redistributed(double width, int resolution) =>
        Build(width, resolution, [Stages[0], Stages[1] with { Repeats = 1 }, .. Stages[2..]], firstKernel: 1, classes: 1000);

    private static NetworkGraph Build(
        double width,
        int resolution,
        (int Expansion, int Channels, int Repeats, int Stride)[] stages,
        int firstKernel,
        int classes
    )
    {
        var net = new NetworkBuilder(seed: 1);
        var x = net.Input(resolution, resolution, 3);
        x = net.Conv(x, Round(32 * width), NetworkBuilder.Square(3, stride: 2), Clamp.Relu);
        foreach (var (expansion, channels, repeats, stride) in stages)
        {
            for (var i = 0; i < repeats; i++)
                x = Block(net, x, expansion, Round(channels * width), i == 0 ? stride : 1, expansion == 1 ? firstKernel : 3);
        }
        x = net.Conv(x, Math.Max(1280, Round(1280 * width)), NetworkBuilder.Square(1), Clamp.Relu);
        x = net.Apply(new Mean { OverHeight = true, OverWidth = true }, x);
        return net.Build($"mobilenetv2_{width:0.00}_{resolution}", net.Dense(x, classes));
    }

    /// <summary>To the nearest multiple of eight, at least eight, never more than a tenth below.</summary>
    public static int Round(double channels)
    {
        var rounded = Math.Max(8, (int)(channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }

    private static TensorId Block(NetworkBuilder net, TensorId input, int expansion, int channels, int stride, int kernel)
    {
        var x = input;
        var inner = net.ShapeOf(input).Channels * expansion;
        if (expansion > 1)
            x = net.Conv(x, inner, NetworkBuilder.Square(1), Clamp.Relu);
        x = net.Depthwise(x, NetworkBuilder.Square(kernel, stride), clamp: Clamp.Relu);
        x = net.Conv(x, channels, NetworkBuilder.Square(1));
        return stride == 1 && net.ShapeOf(input).Channels == channels ? net.Apply(new Add(), x, input) : x;
    }
}
