using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using Xunit;

namespace McuNet.Compiler.Tests.TfLite;

/// <summary>Operators on int8 beside TFLite's own arithmetic, with random scales and operands: equal or one off, as docs/numerics.md says,
/// and mostly equal.</summary>
public sealed class TfLiteArithmeticTests
{
    private const int Rounds = 40,
        Count = 256;

    [Fact]
    public void Add_RandomScales_IsWithinOne() =>
        Compare(
            (first, second, result) => Model("ADD", 11, first, second, result),
            (x, y, first, second, result) => TfLiteArithmetic.Add(x, y, first, second, result)
        );

    [Fact]
    public void Mul_RandomScales_IsWithinOne() =>
        Compare(
            (first, second, result) => Model("MUL", 21, first, second, result),
            (x, y, first, second, result) => TfLiteArithmetic.Multiply(x, y, first, second, (result.Scale, result.Zero))
        );

    [Fact]
    public void Quantize_RandomScales_IsWithinOne() =>
        Compare(
            (first, _, result) => One("QUANTIZE", null, first, result),
            (x, _, first, _, result) => TfLiteArithmetic.Rescale(x, first, result)
        );

    [Fact]
    public void LeakyRelu_RandomScales_IsWithinOne() =>
        Compare(
            (first, _, result) => One("LEAKY_RELU", new(75, (0, 0.3f)), first, result),
            (x, _, first, _, result) => TfLiteArithmetic.LeakyRelu(x, 0.3f, first, result)
        );

    [Fact]
    public void AveragePool_RandomOperands_IsWithinOne()
    {
        var random = new Random(17);
        for (var round = 0; round < Rounds; round++)
        {
            var (scale, zero) = Drawn(random);
            var model = new TfLiteBytes()
                .Int8("x", scale, zero, 1, 3, 5, 4)
                .Int8("y", scale, zero, 1, 1, 1, 4)
                .Operator("AVERAGE_POOL_2D", [0], [1], new(5, (0, (byte)1), (1, 1), (2, 1), (3, 5), (4, 3)))
                .Ports([0], [1]);
            var x = Bytes(random, 60);
            var actual = Evaluate(model, x);
            for (var c = 0; c < 4; c++)
                Assert.InRange(actual[c] - TfLiteArithmetic.Average([.. Enumerable.Range(0, 15).Select(i => x[i * 4 + c])]), -1, 1);
        }
    }

    [Fact]
    public void FullyConnected_RandomWeights_IsWithinOne()
    {
        var random = new Random(19);
        var (off, elements) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var ((scale, zero), ws, (ys, yz)) = (Drawn(random), 0.001f + (random.NextSingle() / 50), Drawn(random));
            var (x, w) = (Bytes(random, 32), Bytes(random, 16 * 32));
            int[] bias = [.. Enumerable.Range(0, 16).Select(_ => random.Next(-2000, 2000))];
            var model = new TfLiteBytes()
                .Int8("x", scale, zero, 1, 32)
                .Tensor("w", TfLiteType.Int8, [16, 32], [.. w.Select(v => (byte)v)], [ws], [0])
                .Tensor("b", TfLiteType.Int32, [16], MemoryMarshal.AsBytes(bias.AsSpan()).ToArray(), [scale * ws], [0])
                .Int8("y", ys * 4, yz, 1, 16)
                .Operator("FULLY_CONNECTED", [0, 1, 2], [3], new(8))
                .Ports([0], [3]);
            var actual = Evaluate(model, x);
            for (var o = 0; o < 16; o++)
            {
                var sum = bias[o] + Enumerable.Range(0, 32).Sum(i => (x[i] - zero) * w[(o * 32) + i]);
                var expected = TfLiteArithmetic.Linear(sum, (double)scale * ws / (ys * 4), yz);
                Assert.InRange(actual[o] - expected, -1, 1);
                (off, elements) = (off + (actual[o] == expected ? 0 : 1), elements + 1);
            }
        }

        Assert.InRange(off, 0, elements / 50);
    }

    private static void Compare(
        Func<(float Scale, int Zero), (float Scale, int Zero), (float Scale, int Zero), TfLiteBytes> model,
        Func<sbyte, sbyte, (float Scale, int Zero), (float Scale, int Zero), (float Scale, int Zero), sbyte> expected
    )
    {
        var random = new Random(23);
        var off = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second, result) = (Drawn(random), Drawn(random), Drawn(random));
            var (x, y) = (Bytes(random, Count), Bytes(random, Count));
            var actual = Evaluate(model(first, second, result), x, y);
            for (var i = 0; i < Count; i++)
            {
                var wanted = expected(x[i], y[i], first, second, result);
                Assert.InRange(actual[i] - wanted, -1, 1);
                off += actual[i] == wanted ? 0 : 1;
            }
        }

        Assert.InRange(off, 0, Rounds * Count / 8);
    }

    private static TfLiteBytes Model(
        string op,
        int options,
        (float Scale, int Zero) first,
        (float Scale, int Zero) second,
        (float Scale, int Zero) result
    ) =>
        new TfLiteBytes()
            .Int8("a", first.Scale, first.Zero, 1, Count)
            .Int8("b", second.Scale, second.Zero, 1, Count)
            .Int8("y", result.Scale, result.Zero, 1, Count)
            .Operator(op, [0, 1], [2], new(options, (0, (byte)0)))
            .Ports([0, 1], [2]);

    private static TfLiteBytes One(string op, TfLiteOptions? options, (float Scale, int Zero) from, (float Scale, int Zero) to) =>
        new TfLiteBytes()
            .Int8("x", from.Scale, from.Zero, 1, Count)
            .Int8("y", to.Scale, to.Zero, 1, Count)
            .Operator(op, [0], [1], options)
            .Ports([0], [1]);

    private static (float Scale, int Zero) Drawn(Random random) => (0.01f + (random.NextSingle() / 10), random.Next(-128, 128));

    private static sbyte[] Bytes(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-128, 128))];

    private static sbyte[] Evaluate(TfLiteBytes model, params sbyte[][] operands)
    {
        var graph = ModelCompiler.Network(model.ToArray(), "net.tflite", "net").Value;
        var outputs = ReferenceEvaluator.Run(
            graph,
            [.. graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, [.. operands[i].Select(v => (byte)v)]))]
        );
        return [.. outputs[0].Bytes.Select(b => (sbyte)b)];
    }
}
