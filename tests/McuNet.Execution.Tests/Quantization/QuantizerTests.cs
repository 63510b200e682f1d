using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Quantization;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Execution.Tests.Quantization;

public sealed class QuantizerTests
{
    private const double EnoughDb = 20;

    public static TheoryData<string> Networks => FloatNetworks.Names;

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void Quantize_EveryNetwork_StaysCloseToTheFloatModelInOnnxRuntime(string name)
    {
        var quantized = Quantize(name, new());
        var (float32, int8) = (Outputs(FloatNetworks.Build(name).ToArray(), name), Outputs(quantized.ToBytes(), name));
        var signal = float32.Sum(v => (double)v * v);
        var noise = float32.Zip(int8, (f, q) => Math.Pow(f - q, 2)).Sum();
        Assert.InRange(10 * Math.Log10(signal / noise), EnoughDb, 80);
        Assert.All(quantized.Layers, l => Assert.InRange(l.SqnrDb, EnoughDb, double.PositiveInfinity));
    }

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void Quantize_EveryNetwork_CompilesToWhatOnnxRuntimeComputes(string name)
    {
        var graph = Quantize(name, new()).Graph;
        var expected = Outputs(Quantize(name, new()).ToBytes(), name);
        var port = graph.Outputs[0];
        var actual = FloatNetworks
            .Samples(name, Cases, TestSeed)
            .SelectMany(s =>
            {
                var input = new TensorData(graph[graph.Inputs[0].Tensor].Type, PortValues.Stored(graph, graph.Inputs[0], s));
                return PortValues.Numbers(graph, port, ReferenceEvaluator.Run(graph, [input])[0].Bytes);
            })
            .ToArray();
        Assert.Equal(PortValues.Numbers(graph, port, expected), actual);
    }

    [OnnxRuntimeFact]
    public void Quantize_WithBiasCorrection_TakesTheMeanErrorOut()
    {
        double MeanError(bool correct)
        {
            var quantized = Quantize(
                "mobile",
                new()
                {
                    CorrectBias = correct,
                    Method = RangeMethod.Percentile,
                    Percentile = 90,
                }
            );
            var model = FloatModel.Of(FloatNetworks.Build("mobile").Read(), "net").Value;
            var layer = model.Layers[^1];
            var (real, rounded) = (new ChannelMeans(layer.Channels), new ChannelMeans(layer.Channels));
            using var reals = new SampleNetwork(ModelSlice.Giving(model.Model, [layer.Output]), OnnxOptimisation.Disabled);
            using var integers = new SampleNetwork(
                ModelSlice.Giving(quantized.Model, [QdqModel.Unrounded(model, layer.Output)]),
                OnnxOptimisation.Disabled
            );
            foreach (var sample in FloatNetworks.Samples("mobile", 64, CalibrationSeed))
            {
                real.Add(reals.Run(sample)[0].Floats);
                rounded.Add(integers.Run(sample)[0].Floats);
            }
            return real.Values.Zip(rounded.Values, (r, q) => Math.Abs(r - q)).Max();
        }

        Assert.InRange(MeanError(true), 0, MeanError(false) / 20);
    }

    [OnnxRuntimeFact]
    public void Quantize_Pixels_AreTakenAsTheyAre()
    {
        var samples = new SampleSet
        {
            Dims = [1, 10],
            Type = SampleType.UInt8,
            Data = new byte[] { 100, 101, 102, 103, 104, 105, 106, 107, 108, 109 },
            Normalization = new([128], [128]),
        };
        var input = Quantizer.Quantize(FloatNetworks.Build("perceptron").Read(), "net", samples, new()).Value.Graph;
        var type = input[input.Inputs[0].Tensor].Type;
        Assert.Equal((1f / 128, 0, ElementType.Int8), (type.Scale, type.ZeroPoint, type.Element));
    }

    [OnnxRuntimeFact]
    public void Quantize_KnownRange_ReplacesTheObservedOne()
    {
        var options = new QuantizationOptions
        {
            KnownRanges = new Dictionary<string, ValueRange> { ["x"] = new(-10, 0) }.ToImmutableDictionary(),
        };
        var graph = Quantize("perceptron", options).Graph;
        Assert.Equal((10f / 255, 127), (graph[graph.Inputs[0].Tensor].Type.Scale, graph[graph.Inputs[0].Tensor].Type.ZeroPoint));
    }

    [OnnxRuntimeFact]
    public void Quantize_Twice_GivesTheSameBytes() =>
        Assert.Equal(Quantize("mobile", new()).ToBytes(), Quantize("mobile", new()).ToBytes());

    [OnnxRuntimeFact]
    public void Quantize_ValuesThatAreNotFinite_NamesTheTensor()
    {
        var samples = SampleSet.OfFloats([1, 10], [.. new float[9], float.PositiveInfinity]);
        var diagnostic = Assert.Single(Quantizer.Quantize(FloatNetworks.Build("perceptron").Read(), "net", samples, new()).Diagnostics);
        Assert.Equal(DiagnosticCatalog.RangeNotFinite.Id, diagnostic.Id);
    }

    [Fact]
    public void Quantize_OperatorThatIsNotSupported_NamesTheNode()
    {
        var model = new OnnxBytes().Input("x", 1, 4).Node("NoSuchOperator", "x", "y").Output("y", 1, 4);
        var diagnostic = Assert.Single(
            Quantizer.Quantize(model.Read(), "net", SampleSet.OfFloats([1, 4], new float[4]), new()).Diagnostics
        );
        Assert.Equal(DiagnosticCatalog.OperatorNotSupported.Id, diagnostic.Id);
        Assert.Contains("node_y", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_SeveralInputs_IsRefused()
    {
        var model = new OnnxBytes().Input("a", 1, 4).Input("b", 1, 4).Node("Add", "a b", "y").Output("y", 1, 4);
        var diagnostic = Assert.Single(Quantizer.InputOf(model.Read(), "net").Diagnostics);
        Assert.Equal(DiagnosticCatalog.QuantizationImpossible.Id, diagnostic.Id);
        Assert.Contains("2 inputs", diagnostic.Message, StringComparison.Ordinal);
    }

    private const int Cases = 50;
    private const int CalibrationSeed = 11;
    private const int TestSeed = 12;

    private static QuantizedModel Quantize(string name, QuantizationOptions options)
    {
        var samples = SampleSet.OfFloats(
            [.. FloatNetworks.Input(name)],
            FloatNetworks.Samples(name, 64, CalibrationSeed).SelectMany(s => s).ToArray()
        );
        var result = Quantizer.Quantize(FloatNetworks.Build(name).Read(), "net", samples, options);
        Assert.Empty(result.Diagnostics);
        return result.Value;
    }

    private static float[] Outputs(byte[] model, string name)
    {
        using var network = new SampleNetwork(model, OnnxOptimisation.Default);
        return [.. FloatNetworks.Samples(name, Cases, TestSeed).SelectMany(s => network.Run(s)[0].Floats.ToArray())];
    }
}
