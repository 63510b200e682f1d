using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
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
                return PortValues.Numbers(graph, port, ReferenceEvaluator.Run(graph, [Input(graph, s)])[0].Bytes);
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
        var input = Quantizer.Quantize(Network("perceptron"), samples, new()).Value.Graph;
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
        var diagnostic = Assert.Single(Quantizer.Quantize(Network("perceptron"), samples, new()).Diagnostics);
        Assert.Equal(DiagnosticCatalog.RangeNotFinite.Id, diagnostic.Id);
    }

    [Fact]
    public void Of_OperatorThatIsNotSupported_NamesTheNode()
    {
        var model = new OnnxBytes().Input("x", 1, 4).Node("NoSuchOperator", "x", "y").Output("y", 1, 4);
        var diagnostic = Assert.Single(UnquantizedModel.Of(model.Read(), "net").Diagnostics);
        Assert.Equal(DiagnosticCatalog.OperatorNotSupported.Id, diagnostic.Id);
        Assert.Contains("node_y", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralInputs_IsRefused()
    {
        var model = new OnnxBytes().Input("a", 1, 4).Input("b", 1, 4).Node("Add", "a b", "y").Output("y", 1, 4);
        var diagnostic = Assert.Single(UnquantizedModel.Of(model.Read(), "net").Diagnostics);
        Assert.Equal(DiagnosticCatalog.QuantizationImpossible.Id, diagnostic.Id);
        Assert.Contains("2 inputs", diagnostic.Message, StringComparison.Ordinal);
    }

    /// <summary>The reference computes what ONNX Runtime does to within a step; the noise that is left is that of the weights.</summary>
    [OnnxRuntimeFact]
    public void Quantize_ToInt16_HasLessNoiseThanInt8()
    {
        var (bytes, words) = (Quantize("mobile", new()), Quantize("mobile", new() { Activations = ActivationFormat.Int16 }));
        Assert.All(
            words.Layers.Zip(bytes.Layers),
            pair => Assert.True(pair.First.SqnrDb >= pair.Second.SqnrDb, $"{pair.First} {pair.Second}")
        );
        Assert.True(words.Layers.Max(l => l.SqnrDb) > bytes.Layers.Max(l => l.SqnrDb) + 3);
        var expected = Outputs(words.ToBytes(), "mobile");
        var graph = words.Graph;
        var actual = FloatNetworks
            .Samples("mobile", Cases, TestSeed)
            .SelectMany(s => ReferenceEvaluator.Run(graph, [Input(graph, s)])[0].Float32.ToArray())
            .ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2f / 32768));
    }

    [OnnxRuntimeFact]
    public void Quantize_TargetThatInt8Meets_KeepsNothing()
    {
        var choice = Choose(AccuracyTarget.OfDecisions(1), _ => true).Value.Choice!;
        Assert.Empty(choice.Kept);
        Assert.Equal(choice.Before, choice.After);
    }

    /// <summary>The layers that are kept reach the target, and one less of them does not.</summary>
    [OnnxRuntimeTheory]
    [InlineData(ActivationFormat.Int16)]
    [InlineData(ActivationFormat.Real)]
    public void Quantize_TargetBetweenInt8AndAllKept_KeepsTheFewestThatReachIt(ActivationFormat format)
    {
        var before = Choose(AccuracyTarget.OfDecisions(1), _ => true).Value.Choice!.Before.SqnrDb;
        var target = AccuracyTarget.OfNoise(before + 2);

        var choice = Choose(target, _ => true, format).Value.Choice!;

        var network = Network("mobile");
        Assert.InRange(choice.Kept.Length, 1, network.Layers.Count());
        Assert.True(target.IsMet(choice.After));
        var fewer = network.Keeping(new(), format, choice.Kept[..^1]).Value;
        Assert.False(target.IsMet(Choose(AccuracyTarget.OfDecisions(1), _ => true, format, fewer).Value.Choice!.Before));
    }

    [OnnxRuntimeFact]
    public void Quantize_TargetOutOfReach_KeepsAllAndSaysHowFarItIs()
    {
        var result = Choose(AccuracyTarget.OfNoise(200), _ => true);
        Assert.Equal(Network("mobile").Layers.Count(), result.Value.Choice!.Kept.Length);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticCatalog.TargetMissed.Id, DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains("where 200 dB was asked for; these are all", diagnostic.Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Quantize_DeviceWithoutRoom_KeepsWhatFits()
    {
        static int Wide(NetworkGraph graph) => graph.Nodes.Count(n => graph[n.Output].Type.Element == ElementType.Int16);
        var result = Choose(AccuracyTarget.OfNoise(200), g => Wide(g) <= 2);
        Assert.InRange(Wide(result.Value.Graph), 1, 2);
        Assert.Contains("more of them do not fit the device", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    /// <summary>An nRF52840 has 256 KB of SRAM.</summary>
    [Theory]
    [InlineData(8, true)]
    [InlineData(512, false)]
    public void FitsOn_BySram(int side, bool fits)
    {
        var model = new OnnxBytes().Input("x", 1, side, side).Node("Relu", "x", "y").Output("y", 1, side, side);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal(fits, PrecisionRequest.FitsOn(DeviceDatabase.Find("nrf52840").Value, graph));
    }

    private static StageResult<QuantizedModel> Choose(
        AccuracyTarget target,
        Func<NetworkGraph, bool> fits,
        ActivationFormat format = ActivationFormat.Int16,
        QuantizationOptions? options = null
    ) => Quantizer.Quantize(Network("mobile"), Samples("mobile"), options ?? new(), new(format, target, fits));

    private const int Cases = 50;
    private const int CalibrationSeed = 11;
    private const int TestSeed = 12;

    private static UnquantizedModel Network(string name) => UnquantizedModel.Of(FloatNetworks.Build(name).Read(), "net").Value;

    private static QuantizedModel Quantize(string name, QuantizationOptions options)
    {
        var result = Quantizer.Quantize(Network(name), Samples(name), options);
        Assert.Empty(result.Diagnostics);
        return result.Value;
    }

    private static SampleSet Samples(string name) =>
        SampleSet.OfFloats([.. FloatNetworks.Input(name)], FloatNetworks.Samples(name, 64, CalibrationSeed).SelectMany(s => s).ToArray());

    private static TensorData Input(NetworkGraph graph, float[] sample) =>
        new(graph[graph.Inputs[0].Tensor].Type, PortValues.Stored(graph, graph.Inputs[0], sample));

    private static float[] Outputs(byte[] model, string name)
    {
        using var network = new SampleNetwork(model, OnnxOptimisation.Default);
        return [.. FloatNetworks.Samples(name, Cases, TestSeed).SelectMany(s => network.Run(s)[0].Floats.ToArray())];
    }
}
