using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Quantization;

public sealed class QdqModelTests
{
    public static TheoryData<string> Networks => FloatNetworks.OfIntegers;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_EveryNetwork_BecomesIntegersWithoutWarnings(string name)
    {
        var result = ModelCompiler.Network(OnnxWriter.Write(Build(name)), "q.onnx", "net");
        Assert.Empty(result.Diagnostics);
        var graph = result.Value;
        Assert.All(graph.Tensors.Where(t => graph.Nodes.Any(n => n.Output == t.Id)), t => Assert.Equal(ElementType.Int8, t.Type.Element));
        Assert.DoesNotContain(graph.Nodes, n => n.Operator is Quantize or Dequantize or Rescale or Clip);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_Unsigned_BecomesIntegersToo(string name)
    {
        var result = ModelCompiler.Network(Build(name, new QuantizationOptions { Unsigned = true }), "net");
        Assert.Empty(result.Diagnostics);
        Assert.Equal(ElementType.UInt8, result.Value.Inputs[0].Element);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_EveryNetwork_HasTheStatedFormOfWeightsAndBiases(string name)
    {
        var model = Build(name);
        var constants = model.Graph.Initializers.ToDictionary(t => t.Name);
        var producers = model.Graph.Nodes.ToDictionary(n => n.Outputs[0]);
        foreach (var layer in model.Graph.Nodes.Where(n => n.Operator is "Conv" or "Gemm"))
        {
            var (input, weights, bias) = (producers[layer.Inputs[0]], producers[layer.Inputs[1]], producers[layer.Inputs[2]]);
            Assert.Equal((OnnxType.Int8, OnnxType.Int32), (constants[weights.Inputs[0]].Type, constants[bias.Inputs[0]].Type));
            Assert.All(constants[weights.Inputs[2]].Data.ToArray(), z => Assert.Equal(0, z));
            var scales = Reals(constants[weights.Inputs[1]]);
            Assert.Equal(constants[weights.Inputs[0]].Dims[0], scales.Length);
            var inputScale = Reals(constants[input.Inputs[1]])[0];
            Assert.Equal(scales.Select(s => s * inputScale), Reals(constants[bias.Inputs[1]]));
        }
    }

    [Fact]
    public void Build_PoolingAndReshape_ShareTheirOperandsQuantization()
    {
        var graph = Compile(Build("residual"));
        Assert.Contains(graph.Nodes, n => n.Operator is MaxPool);
        Assert.All(
            graph.Nodes.Where(n => n.Operator is MaxPool or Reshape),
            n => Assert.Equal(graph.TypesOf(n).Input.Quantization, graph.TypesOf(n).Output.Quantization)
        );
    }

    [Fact]
    public void Build_Activations_ArePartOfTheLayersBeforeThem()
    {
        var graph = Compile(Build("mobile"));
        Assert.Equal(["Conv2D", "DepthwiseConv2D", "Conv2D", "Mean", "Dense", "Softmax"], graph.Nodes.Select(n => n.Operator.Kind));
        Assert.Equal(-128, graph.TypesOf(graph.Nodes[0]).Output.ZeroPoint);
    }

    [Fact]
    public void Build_Softmax_HasStepsOf256th()
    {
        var type = Compile(Build("mobile")).Nodes.Select(n => (n, n.Operator)).Last().n;
        var output = Compile(Build("mobile"));
        Assert.Equal((1f / 256, -128), (output[type.Output].Type.Scale, output[type.Output].Type.ZeroPoint));
    }

    [Fact]
    public void Build_Correction_IsAddedToTheBias()
    {
        var model = FloatModel.Of(FloatNetworks.Build("perceptron").Read(), "net").Value;
        var layer = model.Layers[0];
        var corrected = Build(model, new QuantizationOptions(), new() { [layer.Output] = [.. Enumerable.Repeat(0.25f, layer.Channels)] });
        var differences = Biases(corrected, layer.Output)
            .Zip(Biases(Build(model, new QuantizationOptions(), []), layer.Output), (a, b) => a - b);
        Assert.All(differences, d => Assert.Equal(0.25, d, 0.01));
    }

    [Fact]
    public void Build_RangeThatIsNotFinite_NamesTheTensor()
    {
        var model = FloatModel.Of(FloatNetworks.Build("perceptron").Read(), "net").Value;
        var ranges = model.Observed.ToDictionary(t => t, t => new ValueRange(-1, t == "x" ? float.NaN : 1));
        var diagnostic = Assert.Single(
            QdqModel.Build(model, ranges, new(), ImmutableDictionary<string, ImmutableArray<float>>.Empty).Diagnostics
        );
        Assert.Equal(DiagnosticCatalog.RangeNotFinite.Id, diagnostic.Id);
        Assert.Contains("'x'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NamesThatAreTaken_AreAvoided()
    {
        var bytes = new OnnxBytes()
            .Input("x", 1, 2)
            .Tensor("w", OnnxType.Float, [2, 2], 1f, 2f, 3f, 4f)
            .Node("Gemm", "x w", "x_dq")
            .Node("Gemm", "x_dq w", "x_q")
            .Node("Add", "x_dq x_q", "y")
            .Output("y", 1, 2);
        var graph = Build(FloatModel.Of(bytes.Read(), "net").Value, new(), []).Graph;
        Assert.Equal(graph.Nodes.Length, graph.Nodes.Select(n => n.Name).Distinct().Count());
        Assert.Equal(graph.Nodes.Length, graph.Nodes.Select(n => n.Outputs[0]).Distinct().Count());
    }

    private static double[] Biases(OnnxModel model, string output)
    {
        var name = model.Graph.Nodes.Single(n => n.Outputs[0] == model.Graph.Nodes.Single(l => l.Outputs[0] == output).Inputs[2]).Inputs;
        var constants = model.Graph.Initializers.ToDictionary(t => t.Name);
        var scales = Reals(constants[name[1]]);
        return [.. MemoryMarshal.Cast<byte, int>(constants[name[0]].Data.Span).ToArray().Select((b, c) => (double)b * scales[c])];
    }

    private static NetworkGraph Compile(OnnxModel model) => ModelCompiler.Network(model, "net").Value;

    private static OnnxModel Build(string name, QuantizationOptions? options = null) =>
        Build(FloatModel.Of(FloatNetworks.Build(name).Read(), name).Value, options ?? new(), []);

    [Theory]
    [MemberData(nameof(FloatNetworks.Names), MemberType = typeof(FloatNetworks))]
    public void Build_OnlyAllTensors_IsTheWholeModel(string name)
    {
        var model = FloatModel.Of(FloatNetworks.Build(name).Read(), "net").Value;
        var all = QdqModel.RoundedTensors(model).Select(t => t.Tensor).Concat(model.Model.Graph.Inputs.Select(i => i.Name)).ToHashSet();

        Assert.Equal(
            OnnxWriter.Write(Build(model, new(), [])),
            OnnxWriter.Write(
                Build(
                    model,
                    new()
                    {
                        Activations = ActivationFormat.Real,
                        Exceptions = all.ToImmutableDictionary(t => t, _ => ActivationFormat.Int8),
                    },
                    []
                )
            )
        );
    }

    /// <summary>Its weights and its result are rounded, and what only moves that; every other weight is a float constant.</summary>
    [Theory]
    [MemberData(nameof(FloatNetworks.Names), MemberType = typeof(FloatNetworks))]
    public void Build_OnlyOneTensor_LeavesTheOthersReal(string name)
    {
        var model = FloatModel.Of(FloatNetworks.Build(name).Read(), "net").Value;
        foreach (var (tensor, _) in QdqModel.RoundedTensors(model))
        {
            var built = Build(
                model,
                new()
                {
                    Activations = ActivationFormat.Real,
                    Exceptions = ImmutableDictionary<string, ActivationFormat>.Empty.Add(tensor, ActivationFormat.Int8),
                },
                []
            ).Graph;

            var rounded = built.Nodes.Where(n => n.Operator == "QuantizeLinear").ToArray();
            Assert.Contains(rounded, n => n.Inputs[0] == tensor || n.Inputs[0] == QdqModel.Unrounded(model, tensor));
            Assert.InRange(
                built.Initializers.Count(t => t is { Type: OnnxType.Int8, Dims.Length: > 1 }),
                0,
                name == "recurrent" && tensor is "all" or "last" ? 2 : 1
            );
            var made = built
                .Nodes.SelectMany(n => n.Outputs)
                .Concat(built.Inputs.Select(i => i.Name))
                .Concat(built.Initializers.Select(i => i.Name))
                .Append("")
                .ToHashSet();
            Assert.All(built.Nodes.SelectMany(n => n.Inputs).Concat(built.Outputs.Select(o => o.Name)), t => Assert.Contains(t, made));
        }
    }

    /// <summary>One tensor of two bytes among tensors of one: its range and the mirror image in 65,535 steps, the weights before it int8
    /// all the same, the layers around it on integers.</summary>
    [Fact]
    public void Build_OneTensorAsInt16_IsSymmetricBetweenIntegerLayers()
    {
        var model = FloatModel.Of(FloatNetworks.Build("mobile").Read(), "net").Value;
        var (tensor, node) = QdqModel.RoundedTensors(model)[1];
        var options = new QuantizationOptions
        {
            Exceptions = ImmutableDictionary<string, ActivationFormat>.Empty.Add(tensor, ActivationFormat.Int16),
        };

        var built = Build(model, options, []);

        Assert.Equal(
            ["QuantizeLinear", "DequantizeLinear"],
            built.Graph.Nodes.Where(n => n.Domain == "com.microsoft").Select(n => n.Operator)
        );
        Assert.Equal(1, Assert.Single(built.Opsets, o => o.Domain == "com.microsoft").Version);
        var graph = Compile(built);
        var type = graph[Assert.Single(graph.Nodes, n => graph[n.Output].Type.Element == ElementType.Int16).Output].Type;
        Assert.Equal((4f / 32767, 0), (type.Scale, type.ZeroPoint));
        Assert.All(graph.Nodes, n => Assert.True(graph[n.Output].Type.IsQuantized, node));
    }

    [Fact]
    public void Build_AllAsInt16_HasWeightsOfInt8AndKnownStepsOf32768th()
    {
        var model = FloatModel.Of(FloatNetworks.Build("mobile").Read(), "net").Value;
        var built = Build(model, new() { Activations = ActivationFormat.Int16 }, []);
        Assert.DoesNotContain(built.Graph.Nodes, n => n.Operator == "QuantizeLinear" && n.Domain.Length == 0);
        Assert.Contains(built.Graph.Initializers, t => t is { Type: OnnxType.Int8, Dims.Length: 4 });
        var scales = built.Graph.Nodes.Last(n => n.Operator == "QuantizeLinear").Inputs[1];
        Assert.Equal([1f / 32768], Reals(built.Graph.Initializers.Single(t => t.Name == scales)));
    }

    /// <summary>With ranges made up: their size matters for none of these tests.</summary>
    private static OnnxModel Build(FloatModel model, QuantizationOptions options, Dictionary<string, ImmutableArray<float>> corrections)
    {
        var relus = model.Model.Graph.Nodes.Where(n => n.Operator is "Relu" or "Clip").Select(n => n.Outputs[0]).ToHashSet();
        var ranges = model.Observed.ToDictionary(t => t, t => new ValueRange(relus.Contains(t) ? 0 : -3, 4));
        return QdqModel.Build(model, ranges, options, corrections).Value;
    }

    private static float[] Reals(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();
}
