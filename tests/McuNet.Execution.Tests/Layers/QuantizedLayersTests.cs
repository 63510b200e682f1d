using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Quantization;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Quantization;
using McuNet.Execution.Layers;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using Xunit;
using OnnxTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Execution.Tests.Layers;

/// <summary>
/// Float networks, quantised after training: what the compiler makes of the result is what ONNX Runtime computes of it, node by node.
/// </summary>
public sealed class QuantizedLayersTests
{
    private const int CalibrationSeed = 11;
    private const int CaseSeed = 12;
    private const int Cases = 32;

    public static TheoryData<string> Networks => FloatNetworks.WithoutReals;

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void Quantize_EveryNetwork_EqualsOnnxRuntimeInEveryNode(string name)
    {
        var layers = Compare(name, new());

        Assert.NotEmpty(layers);
        Assert.All(layers, l => Assert.Null(l.Missing));
        Assert.All(
            layers,
            l => Assert.True(l.Mismatches == 0, $"'{l.Node.Name}': {l.Mismatches} elements differ by up to {l.Largest} steps")
        );
    }

    [OnnxRuntimeTheory]
    [InlineData("swish head", "Conv2D Sigmoid+Mul DepthwiseConv2D Sigmoid+Mul Mean Dense Sigmoid+Mul Dense")]
    [InlineData("sigmoid tail", "Conv2D Conv2D Sigmoid")]
    [InlineData("linear decoder", "Conv2D Conv2D ResizeLinear Concat Conv2D ResizeLinear")]
    public void Quantize_Network_ComparesItsIntegerNodes(string name, string kinds)
    {
        var layers = Compare(name, new() { Method = RangeMethod.Mse });

        Assert.Equal(kinds, string.Join(' ', layers.Select(l => l.Node.Operator.Kind)));
        Assert.All(layers, l => Assert.Equal((ElementType.Int8, 0L), (l.View!.Type.Element, l.Mismatches)));
    }

    private static IReadOnlyList<LayerResult> Compare(string name, QuantizationOptions options)
    {
        var dims = FloatNetworks.Input(name);
        var samples = SampleSet.OfFloats([.. dims], FloatNetworks.Samples(name, 64, CalibrationSeed).SelectMany(s => s).ToArray());
        var quantized = Quantizer.Quantize(UnquantizedModel.Of(FloatNetworks.Build(name).Read(), "net").Value, samples, options).Value;
        var (network, cases) = (quantized.Graph, FloatNetworks.Samples(name, Cases, CaseSeed));
        var counterparts = Counterparts.Of(quantized.Model, network);
        var (port, type) = (network.Inputs[0], network[network.Inputs[0].Tensor].Type);
        var stored = cases.Select(c => (IReadOnlyList<TensorData>)[new TensorData(type, PortValues.Stored(network, port, c))]);
        var real = cases.Select(c => (IReadOnlyList<OnnxTensor>)[OnnxTensor.Float(port.Name, [.. dims.Select(d => (long)d)], c)]);
        var values = counterparts.SelectMany(c => c.Views).Select(v => v.Value);
        var observer = new OnnxObserver(quantized.ToBytes(), quantized.Model, [.. real], values);
        return LayerComparison.Of(network, counterparts, [.. stored], observer.Observe);
    }
}
