using System;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests.Quantization;

public sealed class FloatModelTests
{
    public static TheoryData<string> Networks => FloatNetworks.Names;

    [OnnxRuntimeTheory]
    [MemberData(nameof(Networks))]
    public void Of_EveryNetwork_ComputesTheSameInOnnxRuntime(string name)
    {
        var bytes = FloatNetworks.Build(name);
        using var original = OnnxSession.Open(bytes.ToArray());
        using var prepared = OnnxSession.Open(OnnxWriter.Write(FloatModel.Of(bytes.Read(), name).Value.Model));
        foreach (var sample in FloatNetworks.Samples(name, 4, seed: 3))
        {
            var input = McuNet.Runtimes.OnnxRuntime.OnnxTensor.Float("x", [.. FloatNetworks.Input(name).Select(d => (long)d)], sample);
            var (expected, actual) = (original.Run([input])[0].Floats.ToArray(), prepared.Run([input])[0].Floats.ToArray());
            var size = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), p => Assert.InRange(p.Second, p.First - 1e-5f * size, p.First + 1e-5f * size));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Of_EveryNetwork_LeavesOnlyWhatTheImporterReads(string name)
    {
        var model = FloatModel.Of(FloatNetworks.Build(name).Read(), name).Value.Model;
        Assert.Empty(ModelImporter.Import(model, "net").Diagnostics);
        Assert.DoesNotContain(
            model.Graph.Nodes,
            n => n.Operator is "BatchNormalization" or "Sub" or "Div" or "Pad" or "Constant" or "Dropout" or "MatMul"
        );
        Assert.All(model.Graph.Inputs, i => Assert.Equal(FloatNetworks.Input(name)[0], i.Dims!.Value[0]));
        Assert.Equal(13, model.OpsetOf(""));
    }

    [Theory]
    [InlineData("mobile", 4)]
    [InlineData("residual", 3)]
    [InlineData("branches", 3)]
    [InlineData("preprocessing", 4)]
    [InlineData("perceptron", 2)]
    public void Layers_OfEveryNetwork_AreItsConvolutionsAndFullyConnectedLayers(string name, int count) =>
        Assert.Equal(count, FloatModel.Of(FloatNetworks.Build(name).Read(), name).Value.Layers.Length);

    [Fact]
    public void Of_QuantizedModel_IsRefused()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "y")
            .Output("y");
        var diagnostic = Assert.Single(FloatModel.Of(model.Read(), "net.onnx").Diagnostics);
        Assert.Equal(DiagnosticCatalog.QuantizedAlready.Id, diagnostic.Id);
        Assert.Contains("'node_q' is QuantizeLinear", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SoftmaxThatFlattens_SaysWhichNodeAndWhatToDo()
    {
        var model = new OnnxBytes { Opset = 9 }
            .Input("x", 1, 4, 3, 3)
            .Node("Softmax", "x", "y", ("axis", 1))
            .Output("y");
        var diagnostic = Assert.Single(FloatModel.Of(model.Read(), "net.onnx").Diagnostics);
        Assert.Equal(DiagnosticCatalog.AttributeNotSupported.Id, diagnostic.Id);
        Assert.Contains("'node_y' (Softmax)", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("opset 13", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WeightsQuantizedAlone_BecomeRealWeights()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2)
            .Tensor<sbyte>("q", OnnxType.Int8, [2, 2], 1, -2, 3, 4)
            .Float("s", 0.5f, 2f)
            .Tensor<sbyte>("z", OnnxType.Int8, [2], 0, 1)
            .Node("DequantizeLinear", "q s z", "w", ("axis", 0))
            .Node("Gemm", "x w", "y", ("transB", 1))
            .Output("y", 1, 2);
        var graph = FloatModel.Of(model.Read(), "net.onnx").Value.Model.Graph;
        var gemm = Assert.Single(graph.Nodes);
        var weights = graph.Initializers.Single(t => t.Name == gemm.Inputs[1]);
        Assert.Equal([0.5f, -1f, 4f, 6f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(weights.Data.Span).ToArray());
    }
}
