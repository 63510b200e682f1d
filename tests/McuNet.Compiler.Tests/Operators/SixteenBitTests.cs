using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Every operator with a kernel on int16: layers by sums of 32 and of 64 bits, to and from int8, with and without zero
/// points.</summary>
internal sealed class SixteenBitCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 40; i++)
        {
            var (window, input) = Windowed(1 + i % 2);
            var (from, to) = (i % 5 / 2 == 2 ? ElementType.Int8 : ElementType.Int16, i % 5 / 2 == 1 ? ElementType.Int8 : ElementType.Int16);
            var isWide = i % 5 is 1 or 3;
            var outputs = 1 + Random.Next(6);
            var pixel = new Window { KernelHeight = 1, KernelWidth = 1 };
            yield return Layer(
                new Conv2D { Weights = Random8([outputs, window.KernelHeight, window.KernelWidth, input.Channels], i), Window = window },
                from,
                to,
                input,
                isWide
            );
            yield return Layer(
                new Conv2D { Weights = Random8([outputs, 1, 1, input.Channels], i), Window = pixel },
                from,
                to,
                input,
                isWide
            );
            var grouped = input with { Channels = 4 };
            yield return Layer(
                new Conv2D
                {
                    Weights = Random8([6, window.KernelHeight, window.KernelWidth, 2], i),
                    Window = window,
                    Groups = 2,
                },
                from,
                to,
                grouped,
                isWide
            );
            var deep = input with { Channels = 3 + i % 4 };
            yield return Layer(
                new DepthwiseConv2D
                {
                    Weights = Random8([window.KernelHeight, window.KernelWidth, deep.Channels * (1 + i / 3 % 2)], i),
                    Window = window,
                },
                from,
                to,
                deep,
                isWide
            );
            yield return Layer(new Dense { Weights = Random8([outputs, input.Elements], i) }, from, to, input, isWide);
        }

        for (var i = 0; i < 12; i++)
        {
            var (shape, clamp) = (Shape(), i % 2 == 0 ? Clamp.None : Clamp.Relu);
            var (calling, one) = ((Calling)(i % 3), Int16(shape));
            yield return Case(new Add { Clamp = clamp }, new([Int16(shape), one], Int16(shape)), calling);
            yield return Case(new Mul { Clamp = clamp }, new([Int16(shape), one], Int16(shape, 0.01f)), calling);
            var channels = Int16(TensorShape.Vector(shape.Channels));
            yield return Case(new Mul { Clamp = clamp }, new([Int16(shape), channels], Int16(shape, 0.01f)), calling);
            yield return Case(new Rescale { Clamp = clamp }, new([one], Int16(shape)), calling);
            yield return Case(new Rescale { Clamp = clamp }, new([one], Int8(shape)), Calling.SplitColumns);
            yield return Case(new Rescale { Clamp = clamp }, new([Int8(shape)], one), Calling.SplitColumns);
            var mean = new Mean
            {
                OverHeight = i % 3 != 1,
                OverWidth = i % 3 != 2,
                Clamp = clamp,
            };
            yield return Case(mean, new([one], Int16(mean.InferShape([shape]))), Calling.SplitColumns);
            var (window, input) = Windowed(1 + i % 2);
            var source = Int16(input);
            var pool = new MaxPool { Window = window };
            yield return Case(pool, new([source], source with { Shape = pool.InferShape([input]) }), Calling.SplitColumns);
            var average = new AveragePool
            {
                Window = window,
                CountPadding = i % 2 == 0,
                Clamp = clamp,
            };
            yield return Case(average, new([source], Int16(average.InferShape([input]))), Calling.SplitColumns);
            var reshape = new Reshape { Shape = new(1, shape.Height * shape.Width, shape.Channels) };
            yield return Case(reshape, new([one], one with { Shape = reshape.Shape }), Calling.SplitColumns);
        }
    }

    /// <param name="isWide">Whether a bias at the ends of 32 bits makes the sums leave them.</param>
    private KernelCase Layer(Operator op, ElementType from, ElementType to, TensorShape input, bool isWide)
    {
        var layer = (ILinear)op;
        var channels = op.InferShape([input]).Channels;
        var bias = Bias(
            1,
            [
                .. Enumerable
                    .Range(0, channels)
                    .Select(c =>
                        isWide
                            ? (c % 2 == 0 ? int.MaxValue : int.MinValue + 1) - (c % 2 * 2 - 1) * -Random.Next(1000)
                            : Random.Next(-100_000, 100_000)
                    ),
            ]
        );
        op = layer.WithConstants(layer.Weights, bias);
        var types = new NodeTypes(
            [
                Any(from, input) with
                {
                    Quantization = new(1, from == ElementType.Int16 && Random.Next(4) != 0 ? 0 : Random.Next(-100, 100)),
                },
            ],
            Any(to, op.InferShape([input])) with
            {
                Quantization = new(
                    to == ElementType.Int16
                        ? isWide
                            ? 1 << 16
                            : 37
                        : isWide
                            ? 1 << 24
                            : 9000,
                    Random.Next(-100, 100)
                ),
            }
        );
        var found = Case(op, types, op.Rows(types).Joinable ? Calling.Joined : Calling.SplitColumns);
        Assert.Equal(isWide, found.Kernel.Function.EndsWith("_wide", StringComparison.Ordinal));
        return found;
    }

    private ConstantTensor Random8(int[] dims, int number)
    {
        var bytes = new byte[dims.Aggregate(1, (a, b) => a * b)];
        Random.NextBytes(bytes);
        return new([.. dims], ElementType.Int8, [.. bytes], [1f], [number % 4 == 0 ? -20 : 0]);
    }
}

/// <summary>Activations of 16 bits.</summary>
public sealed class SixteenBitTests
{
    private static readonly KernelTarget Portable = new(KernelLanguage.C, DeviceFeatures.None);

    /// <summary>1000 x 3 - 2000 x 2 + 5 = -995 quarters of a step, 30000 x 3 x 2 saturates.</summary>
    [Fact]
    public void Evaluate_DenseOfInt16_AddsAndSaturatesInInt16()
    {
        var op = new Dense { Weights = Weights([2, 2], 0.5f, 3, -2, 120, 120), Bias = Bias(0.5f, 5, 0) };
        var (from, to) = (Type(1, 1, 2, 1, 0, ElementType.Int16), Type(1, 1, 2, 2, 7, ElementType.Int16));
        var input = new TensorData(from);
        (input[0], input[1]) = (1000, 2000);
        Assert.Equal([7 - 249, 32767], Evaluate(op, to, input));
    }

    /// <summary>The sum of absolute weights that 32 bits hold of int16 without a zero point is 65,535.</summary>
    [Theory]
    [InlineData(516, 0, true)]
    [InlineData(517, 0, false)]
    [InlineData(516, 131_071, true)]
    [InlineData(516, 131_072, false)]
    public void Lower_SumsByTheirWorstCase_Take64BitsWhereTheyLeave32(int inputs, int bias, bool fits)
    {
        var op = new Dense { Weights = Weights([1, inputs], 1, [.. Enumerable.Repeat(127, inputs)]), Bias = Bias(1, bias) };
        var types = new NodeTypes([Type(1, 1, inputs, 1, 0, ElementType.Int16)], Type(1, 1, 1, 1e6f, 0, ElementType.Int16));
        Assert.Equal(fits, SixteenLinear.FitsWord(op, types));
        var function = OperatorTable.Lower(op, types, Portable).Function;
        Assert.Equal(fits ? "mn_pointwise_s16_portable" : "mn_pointwise_s16_portable_wide", function);
    }

    /// <summary>-32768 x -32768 is 2^30, with zero points up to 2^32: more than int32 holds.</summary>
    [Fact]
    public void Evaluate_ProductOfInt16BesideZeroPoints_DoesNotWrap()
    {
        var type = Type(1, 1, 1, 1, 32767, ElementType.Int16);
        var least = new TensorData(type) { [0] = short.MinValue };
        Assert.Equal([32767], Evaluate(new Mul(), Type(1, 1, 1, 1f, 0, ElementType.Int16), least, least));
        Assert.Equal([16384], Evaluate(new Mul(), Type(1, 1, 1, 65535f * 65535 / 16384, 0, ElementType.Int16), least, least));
    }

    /// <summary>Opset 21 and com.microsoft, int16 and uint16: integer layers from the first quantisation to the last, and what ONNX Runtime
    /// computes of them in float32 to within a step.</summary>
    [OnnxRuntimeTheory]
    [InlineData("", OnnxType.Int16, 0)]
    [InlineData("", OnnxType.UInt16, 32768)]
    [InlineData("", OnnxType.UInt16, 30000)]
    [InlineData("com.microsoft.", OnnxType.Int16, 0)]
    [InlineData("com.microsoft.", OnnxType.UInt16, 32768)]
    public void Network_OfInt16_IsIntegerAndWithinAStepOfOnnxRuntime(string domain, OnnxType type, int zero)
    {
        var model = Model(domain, type, zero);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.DoesNotContain(graph.Nodes, n => n.Operator is not (Quantize or Dequantize) && !graph.TypesOf(n).Output.IsQuantized);
        Assert.Equal(
            ["Quantize", "Conv2D", "DepthwiseConv2D", "MaxPool", "Conv2D", "Add", "Mean", "Dense", "Dequantize"],
            graph.Nodes.Where(n => n.Operator is not Reshape).Select(n => n.Operator.Kind)
        );
        var random = new Random(3);
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        for (var i = 0; i < input.Type.Shape.Elements; i++)
            input.Float32[i] = (float)(random.NextDouble() * 2 - 1);
        var actual = ReferenceEvaluator.Run(graph, [input])[0].Float32.ToArray();
        var onnx = MemoryMarshal.Cast<byte, float>(Golden.ToOnnx(input.Bytes, graph, graph.Inputs[0])).ToArray();
        using var session = OnnxSession.Open(model.ToArray(), OnnxSessionOptions.Default with { Optimisation = OnnxOptimisation.Disabled });
        var expected = session.Run([McuNet.Runtimes.OnnxRuntime.OnnxTensor.Float("x", [1, 3, 8, 8], onnx)])[0].Floats;
        Assert.True(actual.Distinct().Count() > 3);
        Assert.All(actual.Zip(expected.ToArray()), pair => Assert.InRange(pair.First - pair.Second, -1.01f * Step, 1.01f * Step));
    }

    [Fact]
    public void Network_SigmoidBetweenInt16_IsAFloatIslandBetweenIntegerLayers()
    {
        var model = new OnnxBytes { Opset = 21 }
            .Input("x", 1, 4)
            .Float("s", 0.0002f)
            .Tensor<short>("z", OnnxType.Int16, [], 0)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("Sigmoid", "d", "g")
            .Node("QuantizeLinear", "g s z", "gq")
            .Node("DequantizeLinear", "gq s z", "gd")
            .Node("Mul", "d gd", "m")
            .Node("QuantizeLinear", "m s z", "mq")
            .Node("DequantizeLinear", "mq s z", "y")
            .Output("y");
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal(["Quantize", "Dequantize", "Sigmoid", "Quantize", "Mul", "Dequantize"], graph.Nodes.Select(n => n.Operator.Kind));
        Assert.Equal("Sigmoid", Assert.Single(FloatLayers.Of(graph)).Operator.Kind);
    }

    private const float Step = 0.0004f;

    private static OnnxBytes Model(string domain, OnnxType type, int zero)
    {
        var random = new Random(7);
        var model = new OnnxBytes { Opset = domain.Length == 0 ? 21 : 17 }
            .Input("x", 1, 3, 8, 8)
            .Tensor("z", type, [], unchecked((short)zero))
            .Tensor<sbyte>("wz", OnnxType.Int8, [], 0)
            .Float("sx", 0.00005f)
            .Float("sw", 0.01f)
            .Float("sy", Step);
        Quantized("x", "sx", "x0");
        Layer("Conv", "x0", "c1", [8, 3, 3, 3], ("pads", new[] { 1, 1, 1, 1 }), ("kernel_shape", new[] { 3, 3 }));
        Layer("Conv", "c1", "c2", [8, 1, 3, 3], ("group", 8), ("kernel_shape", new[] { 3, 3 }));
        model.Node("MaxPool", "c2", "p_", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 }));
        Quantized("p_", "sy", "p");
        Layer("Conv", "p", "c3", [8, 8, 1, 1], ("kernel_shape", new[] { 1, 1 }));
        model.Node("Add", "p c3", "a_");
        Quantized("a_", "sy", "a");
        model.Node("GlobalAveragePool", "a", "g_");
        Quantized("g_", "sy", "g");
        model.Node("Flatten", "g", "f_");
        Quantized("f_", "sy", "f");
        Layer("Gemm", "f", "y", [5, 8], ("transB", 1));
        return model.Output("y");

        void Quantized(string from, string scale, string to) =>
            model
                .Node($"{domain}QuantizeLinear", $"{from} {scale} z", $"{to}_q")
                .Node($"{domain}DequantizeLinear", $"{to}_q {scale} z", to);

        void Layer(string op, string from, string to, int[] dims, params (string, object)[] attributes)
        {
            var weights = new sbyte[dims.Aggregate(1, (a, b) => a * b)];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = (sbyte)random.Next(-60, 61);
            var bias = Enumerable.Range(0, dims[0]).Select(_ => random.Next(-9000, 9000)).ToArray();
            var scale = (from == "x0" ? 0.00005f : Step) * 0.01f;
            model
                .Tensor($"{to}_w", OnnxType.Int8, dims, weights)
                .Tensor($"{to}_b", OnnxType.Int32, [dims[0]], bias)
                .Float($"{to}_bs", scale)
                .Tensor($"{to}_bz", OnnxType.Int32, [], 0)
                .Node("DequantizeLinear", $"{to}_w sw wz", $"{to}_wd")
                .Node("DequantizeLinear", $"{to}_b {to}_bs {to}_bz", $"{to}_bd")
                .Node(op, $"{from} {to}_wd {to}_bd", $"{to}_", attributes);
            Quantized($"{to}_", "sy", to);
        }
    }
}
