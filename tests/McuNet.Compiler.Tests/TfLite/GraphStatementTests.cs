using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using McuNet.Diagnostics;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests.TfLite;

public sealed class GraphStatementTests
{
    private static readonly TfLiteOptions Valid = new(1, (0, (byte)1), (1, 1), (2, 1), (3, (byte)1));

    /// <summary>A convolution with a fused RELU, a pooling, a reshape and a fully connected layer on int8, as converters write
    /// them.</summary>
    internal static TfLiteBytes Classifier()
    {
        var random = new Random(7);
        byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))];
        float[] Scales(int count) => [.. Enumerable.Range(0, count).Select(i => 0.003f * (i + 1))];
        int[] biases = [100, -200, 300, -400];
        return new TfLiteBytes()
            .Int8("image", 0.02f, -10, 1, 6, 5, 3)
            .Tensor("conv/weights", TfLiteType.Int8, [4, 3, 3, 3], Bytes(108), Scales(4), [0, 0, 0, 0])
            .Tensor(
                "conv/bias",
                TfLiteType.Int32,
                [4],
                MemoryMarshal.AsBytes(biases.AsSpan()).ToArray(),
                [.. Scales(4).Select(s => s * 0.02f)],
                [0, 0, 0, 0]
            )
            .Int8("conv/Relu;conv/BiasAdd;conv/Conv2D", 0.05f, -128, 1, 4, 3, 4)
            .Int8("pool", 0.05f, -128, 1, 2, 1, 4)
            .Integers("shape", [2], 1, 8)
            .Int8("flat", 0.05f, -128, 1, 8)
            .Tensor("dense/weights", TfLiteType.Int8, [5, 8], Bytes(40), [0.01f], [0])
            .Int8("logits", 0.1f, 5, 1, 5)
            .Int8("probabilities", 1f / 256, -128, 1, 5)
            .Operator("CONV_2D", [0, 1, 2], [3], Valid)
            .Operator("MAX_POOL_2D", [3], [4], new(5, (0, (byte)1), (1, 2), (2, 2), (3, 2), (4, 2)))
            .Operator("RESHAPE", [4, 5], [6])
            .Operator("FULLY_CONNECTED", [6, 7, -1], [8], new(8))
            .Operator("SOFTMAX", [8], [9], new(9, (0, 1f)))
            .Ports([0], [9]);
    }

    [OnnxRuntimeFact]
    public void State_QuantisedNetwork_GivesWhatOnnxRuntimeGivesForTheStatement()
    {
        var model = ModelReader.Read(Classifier().ToArray(), "net.tflite").Value;
        var graph = ModelCompiler.Network(Classifier().ToArray(), "net.tflite", "net").Value;
        var (input, output) = (graph[graph.Inputs[0].Tensor].Type, graph[graph.Outputs[0].Tensor].Type);
        Assert.Equal([ElementType.Int8, ElementType.Int8], [input.Element, output.Element]);
        Assert.Equal("1, 3, 6, 5", string.Join(", ", graph.Inputs[0].Dims));
        var data = new TensorData(input);
        new Random(3).NextBytes(data.Bytes);
        var reals = Golden.ToOnnx(data.Bytes, graph, graph.Inputs[0]).Select(b => ((sbyte)b - input.ZeroPoint) * input.Scale).ToArray();
        using var session = OnnxSession.Open(OnnxWriter.Write(model), OnnxSessionOptions.Default);
        var expected = session.Run([Runtimes.OnnxRuntime.OnnxTensor.Float("image", [1, 3, 6, 5], reals)])[0].Floats.ToArray();
        var actual = ReferenceEvaluator.Run(graph, [data])[0].Bytes;
        Assert.All(expected.Zip(actual), p => Assert.InRange(MathF.Abs(p.First * 256 - 128 - (sbyte)p.Second), 0, 1));
        Assert.True(actual.Distinct().Count() > 1);
    }

    [Fact]
    public void State_NamesOfTensors_EndAtASemicolonAndDifferFromEachOther()
    {
        var graph = ModelCompiler.Network(Classifier().ToArray(), "net.tflite", "net").Value;
        Assert.Equal("image", graph.Inputs[0].Name);
        Assert.Equal("probabilities", graph.Outputs[0].Name);
        Assert.Contains(graph.Tensors, t => t.Name == "conv/Relu");
        Assert.Equal(
            ["CONV_2D_0", "MAX_POOL_2D_1", "FULLY_CONNECTED_3", "SOFTMAX_4"],
            graph.Nodes.Select(n => n.Name).Where(n => !n.Contains("RESHAPE", StringComparison.Ordinal))
        );
        var twice = new TfLiteBytes()
            .Real("a", 1, 4)
            .Real("a", 1, 4)
            .Real("", 1, 4)
            .Operator("RELU", [0], [1])
            .Operator("TANH", [1], [2])
            .Ports([0], [2]);
        var model = ModelReader.Read(twice.ToArray(), "net.tflite").Value;
        var values = model.Graph.Nodes.SelectMany(n => n.Outputs).Concat(model.Graph.Inputs.Select(i => i.Name)).ToArray();
        Assert.Equal(values.Distinct(), values);
        Assert.Equal("tensor_2", model.Graph.Outputs[0].Name);
        Assert.Equal(model.Graph.Nodes.Select(n => n.Name).Distinct(), model.Graph.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void State_Int16_IsRealWithinTheRangeOfItsIntegers()
    {
        var model = new TfLiteBytes()
            .Tensor("x", TfLiteType.Int16, [1, 2], null, [0.5f], [0])
            .Tensor("y", TfLiteType.Int16, [1, 2], null, [1f / 1024], [0])
            .Operator("LEAKY_RELU", [0], [1], new(75, (0, 0.5f)))
            .Ports([0], [1]);
        Assert.Equal([2, -1], Evaluate(model, [2, -2]));
        Assert.Equal([short.MaxValue / 1024f, -32], Evaluate(model, [100, -100]));
    }

    [Fact]
    public void State_HalfAndInt8WeightsOfRealLayers_AreWhatTheyStandFor()
    {
        Half[] halves = [(Half)1, (Half)0.5];
        var half = new TfLiteBytes()
            .Real("x", 1, 2)
            .Tensor("h", TfLiteType.Float16, [1, 2], MemoryMarshal.AsBytes(halves.AsSpan()).ToArray())
            .Real("w", 1, 2)
            .Real("y", 1, 1)
            .Operator("DEQUANTIZE", [1], [2])
            .Operator("FULLY_CONNECTED", [0, 2], [3], new(8))
            .Ports([0], [3]);
        Assert.Equal([2.5f], Evaluate(half, [1, 3]));
        var bytes = new TfLiteBytes()
            .Real("x", 1, 2)
            .Tensor("w", TfLiteType.Int8, [1, 2], [4, 2], [0.25f], [0])
            .Real("y", 1, 1)
            .Operator("FULLY_CONNECTED", [0, 1], [2], new(8))
            .Ports([0], [2]);
        Assert.Equal([2.5f], Evaluate(bytes, [1, 3]));
    }

    [Fact]
    public void State_Variables_AreAnInputAndAnOutputEach()
    {
        var model = ModelReader.Read(Streaming(0).ToArray(), "net.tflite").Value;
        Assert.Equal(["x", "past"], model.Graph.Inputs.Select(i => i.Name));
        Assert.Equal(["y", "past_next"], model.Graph.Outputs.Select(o => o.Name));
        Assert.Equal(new OnnxState("past", "past_next"), Assert.Single(model.States));
        var graph = ModelCompiler.Network(Streaming(0).ToArray(), "net.tflite", "net").Value;
        float[] x = [1, 2],
            past = [10, 20];
        var outputs = ReferenceEvaluator.Run(
            graph,
            [
                .. new[] { x, past }.Select(
                    (v, i) => new TensorData(graph[graph.Inputs[i].Tensor].Type, MemoryMarshal.AsBytes(v.AsSpan()).ToArray())
                ),
            ]
        );
        Assert.Equal([11, 22], outputs[0].Float32.ToArray());
        Assert.Equal([11, 22], outputs[1].Float32.ToArray());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("none", 0)]
    public void Compile_Variables_AreStatesUnlessTheUserSaysOtherwise(string said, int states)
    {
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find("nrf52840").Value,
            States = StateChoice.Of([said]),
        };
        var compiled = ModelCompiler.Compile(Streaming(0).ToArray(), "net.tflite", options);
        Assert.True(compiled.Succeeded, string.Join('\n', compiled.Diagnostics));
        Assert.Empty(compiled.Diagnostics);
        Assert.Equal(states, compiled.Value.Model.Network.States.Length);
    }

    [Fact]
    public void State_VariableThatBeginsWithSomething_SaysThatStatesBeginWithZeros() =>
        Raises(DiagnosticCatalog.AttributeNotSupported, Streaming(1), "CALL_ONCE_0", "first (tensor 1)", "zeros");

    [Fact]
    public void State_OperatorThatIsNotRead_NamesItAndWhatIsRead()
    {
        TfLiteBytes Of(int code, string? custom) =>
            new TfLiteBytes().Real("x", 1, 4).Real("y", 1, 4).Operator(code, custom, [0], [1]).Ports([0], [1]);
        Raises(
            DiagnosticCatalog.OperatorNotSupported,
            Of(TfLiteBytes.Code("SVDF"), null),
            "'SVDF_0' uses operator SVDF (domain 'tflite', opset 1)",
            "window of frames",
            "AVERAGE_POOL_2D"
        );
        Raises(
            DiagnosticCatalog.OperatorNotSupported,
            Of(32, "TFLite_Detection_PostProcess"),
            "operator TFLite_Detection_PostProcess",
            "Custom operators"
        );
        Raises(DiagnosticCatalog.OperatorNotSupported, Of(32, "ADD"), "operator ADD", "Custom operators");
        Raises(DiagnosticCatalog.OperatorNotSupported, Of(163, null), "BUILTIN_163");
    }

    [Fact]
    public void State_TypesAndShapesThatAreNotRead_NameTensorAndNextStep()
    {
        TfLiteBytes Of(TfLiteType type, float[]? scales = null, long[]? points = null) =>
            new TfLiteBytes().Tensor("x", type, [1, 4], null, scales, points).Real("y", 1, 4).Operator("RELU", [0], [1]).Ports([0], [1]);
        Raises(
            DiagnosticCatalog.ElementTypeNotSupported,
            Of(TfLiteType.Float16),
            "'x (tensor 0)' has element type Float16",
            "float32, and int8, uint8 and int16 with a scale"
        );
        Raises(DiagnosticCatalog.ElementTypeNotSupported, Of(TfLiteType.Int4, [1], [0]), "Int4");
        Raises(DiagnosticCatalog.ElementTypeNotSupported, Of(TfLiteType.Int8), "Int8");
        Raises(DiagnosticCatalog.QuantizationInvalid, Of(TfLiteType.Int8, [1], [300]), "300", "between -128 and 127");
        Raises(DiagnosticCatalog.QuantizationInvalid, Of(TfLiteType.Int8, [0], [0]), "scale");
        Raises(DiagnosticCatalog.AttributeNotSupported, Convolution(new(1, (0, (byte)1))), "'CONV_2D_0' (CONV_2D) has stride_h = 0");
        Raises(DiagnosticCatalog.AttributeNotSupported, Convolution(new(1, (0, (byte)2), (1, 1), (2, 1))), "padding = 2");
        Raises(DiagnosticCatalog.AttributeNotSupported, Convolution(new(1, (1, 1), (2, 1), (3, (byte)5))), "fused_activation_function = 5");
        Raises(
            DiagnosticCatalog.OperandNotConstant,
            new TfLiteBytes()
                .Real("x", 1, 4)
                .Tensor("p", TfLiteType.Int32, [2])
                .Real("y", 4, 1)
                .Operator("TRANSPOSE", [0, 1], [2])
                .Ports([0], [2]),
            "permutation",
            "p (tensor 1)"
        );
    }

    [Fact]
    public void State_GraphThatIsNone_NamesTheTensor()
    {
        Raises(
            DiagnosticCatalog.ValueMissing,
            new TfLiteBytes().Real("x", 1, 4).Real("y", 1, 4).Real("z", 1, 4).Operator("RELU", [1], [2]).Ports([0], [2]),
            "RELU_0",
            "y (tensor 1)"
        );
        Raises(
            DiagnosticCatalog.NameDefinedTwice,
            new TfLiteBytes().Real("x", 1, 4).Real("y", 1, 4).Operator("RELU", [0], [1]).Operator("TANH", [0], [1]).Ports([0], [1]),
            "y (tensor 1)",
            "TANH_1"
        );
        Raises(
            DiagnosticCatalog.NameDefinedTwice,
            new TfLiteBytes().Real("x", 1, 4).Operator("RELU", [0], [0]).Ports([0], [0]),
            "x (tensor 0)",
            "RELU_0"
        );
        Raises(
            DiagnosticCatalog.AttributeNotSupported,
            new TfLiteBytes().Real("x", 1, 4).Real("y", 1, 4).Operator("ADD", [0], [1]).Ports([0], [1]),
            "operands and results = 1 and 1"
        );
        Raises(DiagnosticCatalog.NoOutputs, new TfLiteBytes().Real("x", 1, 4).Ports([0], []), "main");
    }

    /// <summary>y = x + past, which is the past of the next time; it begins with a number.</summary>
    private static TfLiteBytes Streaming(float first)
    {
        var handle = new TfLiteOptions(111, (1, "past"));
        return new TfLiteBytes()
            .Real("x", 1, 2)
            .Tensor("handle", TfLiteType.Resource, [])
            .Real("read", 1, 2)
            .Real("y", 1, 2)
            .Operator("CALL_ONCE", [], [], new(103, (0, 1)))
            .Operator("VAR_HANDLE", [], [1], handle)
            .Operator("READ_VARIABLE", [1], [2])
            .Operator("ADD", [0, 2], [3], new(11))
            .Operator("ASSIGN_VARIABLE", [1, 3], [])
            .Ports([0], [3])
            .Graph()
            .Tensor("handle", TfLiteType.Resource, [])
            .Real("first", [1, 2], first, 0)
            .Operator("VAR_HANDLE", [], [0], handle)
            .Operator("ASSIGN_VARIABLE", [0, 1], []);
    }

    private static TfLiteBytes Convolution(TfLiteOptions options) =>
        new TfLiteBytes()
            .Real("x", 1, 2, 2, 1)
            .Real("w", [1, 1, 1, 1], 1)
            .Real("y", 1, 2, 2, 1)
            .Operator("CONV_2D", [0, 1], [2], options)
            .Ports([0], [2]);

    private static float[] Evaluate(TfLiteBytes model, float[] input)
    {
        var graph = ModelCompiler.Network(model.ToArray(), "net.tflite", "net").Value;
        return ReferenceEvaluator
            .Run(graph, [new TensorData(graph[graph.Inputs[0].Tensor].Type, MemoryMarshal.AsBytes(input.AsSpan()).ToArray())])[0]
            .Float32.ToArray();
    }

    private static void Raises(DiagnosticDescriptor descriptor, TfLiteBytes model, params string[] parts)
    {
        var result = ModelCompiler.Network(model.ToArray(), "net.tflite", "net");
        Assert.False(result.Succeeded);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(descriptor, diagnostic.Descriptor);
        foreach (var part in parts)
            Assert.Contains(part, diagnostic.Message, StringComparison.Ordinal);
    }
}
