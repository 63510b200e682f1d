using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Layers with weights on real numbers, and from int8 to real numbers: windows, strides, dilation, channels left over from blocks
/// of four, rows of four pixels and more.</summary>
internal sealed class RealLinearCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var (window, input) =
                i % 3 == 0
                    ? (
                        new Window
                        {
                            KernelHeight = 1,
                            KernelWidth = 1,
                            StrideWidth = 1 + i % 2,
                            StrideHeight = 1 + i % 2,
                        },
                        Shape()
                    )
                    : Windowed(1 + i % 2);
            var conv = new Conv2D
            {
                Window = window,
                Clamp = Limits(i),
                Weights = Reals(i % 6 == 3 ? 4 : 1 + Random.Next(9), window.KernelHeight, window.KernelWidth, input.Channels),
            };
            conv = conv with { Bias = i % 4 == 0 ? null : Reals(conv.Weights.Dims[0]) };
            var output = Real(conv.InferShape([input]));
            yield return Case(conv, new([Real(input)], output), Calling.SplitColumns);
            var wide = input with { Width = input.Width + 9 * window.StrideWidth };
            yield return Case(conv, new([Real(wide)], Real(conv.InferShape([wide]))), Calling.SplitColumns);
            if (conv.Rows(new([Real(input)], output)).Joinable)
                yield return Case(conv, new([Real(input)], output), Calling.Joined);
            var integers = conv with
            {
                Weights = Integers([.. conv.Weights.Dims]),
                Bias = i % 4 == 0 ? null : Bias(1, Values(Random, conv.Weights.Dims[0])),
            };
            yield return Case(integers, new([Int8(input)], output), Calling.SplitColumns);
            var (groups, grouped) = (2 + i % 2, input with { Channels = (2 + i % 2) * input.Channels });
            var shared = conv with
            {
                Groups = groups,
                Weights = Reals(groups * (1 + Random.Next(3)), window.KernelHeight, window.KernelWidth, input.Channels),
                Bias = null,
            };
            yield return Case(shared, new([Real(grouped)], Real(shared.InferShape([grouped]))), Calling.SplitColumns);
            var multiplier = 1 + i % 2;
            var depthwise = new DepthwiseConv2D
            {
                Window = window,
                Clamp = Limits(i),
                Weights = Reals(window.KernelHeight, window.KernelWidth, input.Channels * multiplier),
                Bias = i % 4 == 1 ? null : Reals(input.Channels * multiplier),
            };
            yield return Case(depthwise, new([Real(input)], Real(depthwise.InferShape([input]))), Calling.SplitColumns);
            var dense = new Dense { Weights = Reals(1 + Random.Next(9), input.Elements), Clamp = Limits(i) };
            yield return Case(dense, new([Real(input)], Real(dense.InferShape([input]))), Calling.SplitColumns);
            yield return Case(
                dense with
                {
                    Weights = Integers([.. dense.Weights.Dims]),
                },
                new([Int8(input)], Real(dense.InferShape([input]))),
                Calling.SplitColumns
            );
        }
    }

    private static Clamp Limits(int i) =>
        i % 3 == 0 ? Clamp.None
        : i % 3 == 1 ? Clamp.Relu
        : new(-1, 6);

    private ConstantTensor Reals(params int[] dims)
    {
        float[] values = [.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(Random.NextDouble() - 0.5))];
        return new([.. dims], ElementType.Float32, [.. MemoryMarshal.AsBytes(values.AsSpan())], [1], [0]);
    }

    private ConstantTensor Integers(int[] dims) =>
        Weights(dims, 0.03f, Values(Random, dims.Aggregate(1, (a, b) => a * b))) with
        {
            ZeroPoints = Random.Next(2) == 0 ? [0] : [Random.Next(-128, 128)],
        };
}

public sealed class RealLinearTests
{
    private static readonly TensorType Pixels = new(new(1, 2, 2), ElementType.Float32);

    [Fact]
    public void Evaluate_RealPointwise_AddsProductsToTheBias()
    {
        float[] weights = [1, 10, 100, 1000];
        float[] bias = [0.5f, -2000];
        var conv = new Conv2D
        {
            Weights = new([2, 1, 1, 2], ElementType.Float32, [.. MemoryMarshal.AsBytes(weights.AsSpan())], [1], [0]),
            Bias = new([2], ElementType.Float32, [.. MemoryMarshal.AsBytes(bias.AsSpan())], [1], [0]),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
            Clamp = Clamp.Relu,
        };
        var input = new TensorData(Pixels);
        float[] values = [1, 2, 3, -4];
        values.CopyTo(input.Float32);
        Assert.Equal([21.5f, 100, 0, 0], Run(conv, Pixels, input).Float32.ToArray());
    }

    [Fact]
    public void Evaluate_IntegersToReals_IsTheSumTimesBothScales()
    {
        var conv = new Conv2D
        {
            Weights = Weights([2, 1, 1, 2], 0.5f, 1, 2, 3, 4),
            Bias = Bias(0.125f, 8, 0),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        Assert.Equal(
            [4.25f, 7.25f],
            Run(conv, new(new(1, 1, 2), ElementType.Float32), Data(Type(1, 1, 2, 0.25f, 2), 8, 12)).Float32.ToArray()
        );
    }
}
