using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Raises every diagnostic of import and quantisation once.</summary>
public sealed class ImportDiagnosticTests
{
    [Fact]
    public void Import_UnknownOperator_RaisesOperatorNotSupported()
    {
        var message = Raise(DiagnosticCatalog.OperatorNotSupported, Quantized().Node("NonMaxSuppression", "d", "y").Output("y"));
        Assert.Contains(
            "Node 'node_y' uses operator NonMaxSuppression (domain 'ai.onnx', opset 13)",
            message,
            System.StringComparison.Ordinal
        );
        Assert.Contains("AveragePool, BatchNormalization, Cast", message, System.StringComparison.Ordinal);
    }

    /// <summary>An operator is known or not whatever its operands are; an attribute that depends on them is passed over behind a node that
    /// fails.</summary>
    [Fact]
    public void Import_SeveralFaults_AreAllTold()
    {
        var model = Quantized()
            .Node("NonMaxSuppression", "d", "a")
            .Node("Relu", "a", "b")
            .Node("Unique", "b", "c")
            .Node("Softmax", "c", "e", ("axis", 99))
            .Node("Relu", "d", "f", ("slope", 2))
            .Node("Add", "e f", "y")
            .Output("y")
            .Read();
        var diagnostics = ModelImporter.Import(model, "net").Diagnostics;
        Assert.Equal(["MCU1003", "MCU1003", "MCU1004"], diagnostics.Select(d => d.Id));
        Assert.Contains("'node_a' uses operator NonMaxSuppression", diagnostics[0].Message, System.StringComparison.Ordinal);
        Assert.Contains("AveragePool, BatchNormalization, Cast", diagnostics[0].Message, System.StringComparison.Ordinal);
        Assert.Contains("'node_c' uses operator Unique", diagnostics[1].Message, System.StringComparison.Ordinal);
        Assert.EndsWith("Supported: see above.", diagnostics[1].Message, System.StringComparison.Ordinal);
        Assert.Contains("'node_f' (Relu) has attribute = slope", diagnostics[2].Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Import_LikeFaults_AreOneWithTheNamesOfTheOthers()
    {
        var model = Quantized();
        for (var i = 0; i < 8; i++)
            model.Node("Unique", i == 0 ? "d" : $"v{i - 1}", $"v{i}");
        var message = Assert.Single(ModelImporter.Import(model.Output("v7").Read(), "net").Diagnostics).Message;
        Assert.StartsWith("Node 'node_v0' uses operator Unique", message, System.StringComparison.Ordinal);
        Assert.EndsWith(
            " The same holds for 7 more: 'node_v1', 'node_v2', 'node_v3', 'node_v4', 'node_v5', \u2026.",
            message,
            System.StringComparison.Ordinal
        );

        var attributes = Quantized()
            .Node("Relu", "d", "a", ("slope", 2))
            .Node("Relu", "d", "b", ("slope", 2))
            .Node("Add", "a b", "y")
            .Output("y");
        Assert.EndsWith(
            " The same holds for 1 more: 'node_b'.",
            Assert.Single(ModelImporter.Import(attributes.Read(), "net").Diagnostics).Message,
            System.StringComparison.Ordinal
        );
    }

    /// <summary>Two convolutions of integers, 72 x 64 and 36 x 64 products, beside one of 64 x 64: 62.8 % of all.</summary>
    [Fact]
    public void Import_LikeFaults_TellTheirShareOfTheWork()
    {
        var model = Quantized(8)
            .Tensor("w", OnnxType.Int8, [8, 1, 3, 3], new sbyte[72])
            .Tensor("v", OnnxType.Int8, [4, 1, 3, 3], new sbyte[36])
            .Tensor("u", OnnxType.Float, [64, 1, 1, 1], new float[64])
            .Node("ConvInteger", "q w", "a", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("ConvInteger", "q v", "b", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("Conv", "d u", "c")
            .Output("a")
            .Output("b")
            .Output("c");
        var message = Assert.Single(ModelImporter.Import(model.Read(), "net").Diagnostics).Message;
        Assert.EndsWith(
            " The same holds for 1 more: 'node_b'. These 2 nodes do 62.8 % of the multiply-accumulates.",
            message,
            System.StringComparison.Ordinal
        );
    }

    /// <summary>Behind a node whose result has unknown dimensions work is unknown, unless the file states them.</summary>
    [Theory]
    [InlineData(false, " This node does 100 % of the multiply-accumulates whose shapes are known.")]
    [InlineData(true, " This node does 50 % of the multiply-accumulates.")]
    public void Import_WorkBehindAFault_CountsWhereItIsKnown(bool stated, string expected)
    {
        var model = Quantized(8)
            .Tensor("w", OnnxType.Int8, [2, 1, 3, 3], new sbyte[18])
            .Tensor("u", OnnxType.Float, [2, 1, 3, 3], new float[18])
            .Node("ConvInteger", "q w", "a")
            .Node("Unique", "d", "m")
            .Node("Conv", "m u", "c")
            .Output("a")
            .Output("c");
        if (stated)
            model.Stated("m", 1, 1, 8, 8);
        Assert.Contains(
            ModelImporter.Import(model.Read(), "net").Diagnostics,
            d => d.Message.EndsWith(expected, System.StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Import_ResizeOfUnknownMode_RaisesAttributeNotSupported() =>
        Raise(
            DiagnosticCatalog.AttributeNotSupported,
            Quantized().Float("scales", 1, 1, 2, 2).Node("Resize", "d - scales", "y", ("mode", "sinc")).Output("y")
        );

    [Fact]
    public void Import_DynamicRows_RaisesDimensionNotFixed() =>
        Raise(DiagnosticCatalog.DimensionNotFixed, new OnnxBytes().Input("x", 1, 3, -1, 8).Node("Relu", "x", "y").Output("y"));

    [Fact]
    public void Import_DynamicBatch_CountsAsOne()
    {
        var graph = ModelImporter.Import(new OnnxBytes().Input("x", -1, 3, 4, 8).Node("Relu", "x", "y").Output("y").Read(), "net").Value;
        Assert.Equal([1, 3, 4, 8], graph.Inputs[0].Dims.AsEnumerable());
    }

    [Fact]
    public void Import_BatchOfTwo_RaisesDimensionsNotSupported() =>
        Raise(
            DiagnosticCatalog.DimensionsNotSupported,
            new OnnxBytes().Input("x", 2, 3, 4, 8).Node("GlobalAveragePool", "x", "y").Output("y")
        );

    [Fact]
    public void Import_ExternalWeights_RaisesExternalData() =>
        Raise(DiagnosticCatalog.ExternalData, Quantized().External("w", "weights.bin").Node("MatMul", "d w", "y").Output("y"));

    [Fact]
    public void Import_DoubleInput_RaisesElementTypeNotSupported() =>
        Raise(
            DiagnosticCatalog.ElementTypeNotSupported,
            new OnnxBytes().Input("x", OnnxType.Double, 1, 4).Node("Relu", "x", "y").Output("y")
        );

    [Fact]
    public void Import_WeightsThatAreComputed_RaisesOperandNotConstant() =>
        Raise(DiagnosticCatalog.OperandNotConstant, Quantized().Node("Conv", "d d", "y").Output("y"));

    [Fact]
    public void Import_SumWithAConstant_DoesNotAdviseToFoldIt()
    {
        var message = Raise(DiagnosticCatalog.DimensionsNotSupported, Quantized().Float("c", 1, 2, 3).Node("Add", "d c", "y").Output("y"));
        Assert.DoesNotContain("onnxsim", message, System.StringComparison.Ordinal);
        Assert.Contains("each dimension must be equal or 1", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Import_NoOutputs_RaisesNoOutputs() => Raise(DiagnosticCatalog.NoOutputs, Quantized());

    [Fact]
    public void Import_ValueOfTwoNodes_RaisesNameDefinedTwice()
    {
        var message = Raise(DiagnosticCatalog.NameDefinedTwice, Quantized().Node("Relu", "d", "y").Node("Abs", "d", "y").Output("y"));
        Assert.Contains(
            "'y' is defined by node 'node_y' (Relu) and again by node 'node_y' (Abs)",
            message,
            System.StringComparison.Ordinal
        );
    }

    [Fact]
    public void Import_NodesThatReadEachOther_RaisesNodesInCircle() =>
        Raise(
            DiagnosticCatalog.NodesInCircle,
            Quantized().Node("Add", "d b", "a").Node("Relu", "a", "b").Node("Add", "a b", "y").Output("y")
        );

    [Theory]
    [InlineData("Add", "q q")]
    [InlineData("Sigmoid", "q")]
    [InlineData("LogSoftmax", "q")]
    [InlineData("GlobalAveragePool", "q")]
    public void Import_OperatorOnIntegersThatIsDefinedOnReals_RaisesIntegersNotDefined(string op, string inputs)
    {
        var message = Raise(DiagnosticCatalog.IntegersNotDefined, Quantized().Node(op, inputs, "y").Output("y"));
        Assert.Contains("'q', which holds Int8 integers (scale 0.5, zero point 0)", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileOfAnotherKind_RaisesFileIsSomethingElse()
    {
        Assert.Contains(
            "git lfs pull",
            Other("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"u8.ToArray()),
            System.StringComparison.Ordinal
        );
        Assert.Contains("HTML", Other("<!DOCTYPE html><html>"u8.ToArray()), System.StringComparison.Ordinal);
        Assert.Contains("zip", Other([.. "PK"u8, 3, 4, 20, 0, 0, 0, 8, 0]), System.StringComparison.Ordinal);

        static string Other(byte[] bytes)
        {
            var diagnostic = Assert.Single(OnnxReader.Read(bytes, "net.onnx").Diagnostics);
            Assert.Equal(DiagnosticCatalog.FileIsSomethingElse, diagnostic.Descriptor);
            return diagnostic.Message;
        }
    }

    [Fact]
    public void Import_TensorBeyondAnyDevice_RaisesTooLarge() =>
        Raise(DiagnosticCatalog.TooLarge, new OnnxBytes().Input("x", 1, 1 << 27).Node("Relu", "x", "y").Output("y"));

    /// <summary>Names go where a build reads lines: a forged one must stay part of the message.</summary>
    [Fact]
    public void Import_NameWithANewline_IsShownOnOneLine()
    {
        var message = Raise(
            DiagnosticCatalog.OperatorNotSupported,
            Quantized().Node("NonMaxSuppression", "d", "a\nerror:\u202e##vso[x]").Node("Relu", "a\nerror:\u202e##vso[x]", "y").Output("y")
        );
        Assert.DoesNotContain('\n', message);
        Assert.Contains("'node_a\\nerror:\\u202e##vso[x]'", message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MatMul", "d w w", "number of inputs = 3")]
    [InlineData("Softmax", "d", "attribute = axes")]
    [InlineData("LeakyRelu", "d", "alpha = a value of type Int")]
    [InlineData("MaxPool", "d", "kernel_shape = ")]
    public void Import_WhatTheOperatorDoesNotHave_IsNamed(string op, string inputs, string problem)
    {
        (string, object)[] attributes = op switch
        {
            "Softmax" => [("axes", 1)],
            "LeakyRelu" => [("alpha", 1)],
            _ => [],
        };
        var message = Raise(
            DiagnosticCatalog.AttributeNotSupported,
            Quantized().Float("w", 1, 2, 3, 4).Node(op, inputs, "y", attributes).Output("y")
        );
        Assert.Contains(problem, message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Import_DeadBranchOfUnknownOperators_IsDropped()
    {
        var model = Quantized()
            .Tensor("text", OnnxType.String, [0], System.Array.Empty<byte>())
            .Node("Relu", "d", "y")
            .Node("NonMaxSuppression", "d", "unread")
            .Output("y");
        Assert.True(ModelImporter.Import(model.Read(), "net").Succeeded);
    }

    [Fact]
    public void Import_NodesOutOfOrder_AreSorted() =>
        Assert.True(
            ModelImporter
                .Import(new OnnxBytes().Input("x", 1, 4).Node("Abs", "r", "y").Node("Relu", "x", "r").Output("y").Read(), "net")
                .Succeeded
        );

    [Fact]
    public void Run_ScalesBeyondFloat32_RaisesQuantizationInvalid()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4)
            .Float("s", 1e20f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "y")
            .Node("Relu", "y", "r")
            .Node("QuantizeLinear", "r s z", "rq")
            .Node("DequantizeLinear", "rq s z", "o")
            .Output("o");
        var result = ModelCompiler.Network(model.Read(), "net");
        Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticCatalog.QuantizationInvalid, d.Descriptor));
        Assert.NotEmpty(result.Diagnostics);
    }

    [Fact]
    public void Import_UndefinedValue_RaisesValueMissing() =>
        Raise(DiagnosticCatalog.ValueMissing, Quantized().Node("Relu", "nowhere", "y").Output("y"));

    [Fact]
    public void Import_NineDimensionsReversed_RaisesElementOrderNotSupported() =>
        Raise(
            DiagnosticCatalog.ElementOrderNotSupported,
            new OnnxBytes()
                .Input("x", 1, 512)
                .Float("s", 0.5f)
                .Zero("z")
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "d")
                .Tensor("to", OnnxType.Int64, [9], Enumerable.Repeat(2L, 9).ToArray())
                .Tensor("back", OnnxType.Int64, [4], 1L, 8, 8, 8)
                .Node("Reshape", "d to", "r")
                .Node("Transpose", "r", "t")
                .Node("Reshape", "t back", "b")
                .Node("MaxPool", "b", "y", ("kernel_shape", new[] { 1, 1 }))
                .Output("y")
        );

    /// <summary>Nothing says where the channels of such an input are, and last is where the elements lie already.</summary>
    [Fact]
    public void Import_InputReshapedBeforeAnythingElse_IsTakenAsChannelsLast() =>
        Assert.True(
            ModelImporter
                .Import(Quantized().Tensor("to", OnnxType.Int64, [4], 1L, 2, 3, 8).Node("Reshape", "d to", "y").Output("y").Read(), "net")
                .Value.Outputs[0]
                .StoredOrder
        );

    [Fact]
    public void Import_NegativeScale_RaisesQuantizationInvalid() =>
        Raise(
            DiagnosticCatalog.QuantizationInvalid,
            new OnnxBytes().Input("x", 1, 4).Float("s", -1f).Zero("z").Node("QuantizeLinear", "x s z", "y").Output("y")
        );

    [Fact]
    public void Import_ScalesAlongInputs_RaisesQuantizationAxisNotSupported() =>
        Raise(
            DiagnosticCatalog.QuantizationAxisNotSupported,
            Vector()
                .Tensor("w", OnnxType.Int8, [2, 4], new sbyte[8])
                .Float("ws", 1, 2, 3, 4)
                .Node("DequantizeLinear", "w ws", "wd", ("axis", 1))
                .Node("Gemm", "d wd", "y", ("transB", 1))
                .Output("y")
        );

    [Fact]
    public void Import_DequantizeWithOtherScale_RaisesQuantizationsDiffer() =>
        Raise(
            DiagnosticCatalog.QuantizationsDiffer,
            Quantized().Float("other", 0.25f).Node("DequantizeLinear", "q other z", "y").Output("y")
        );

    [Fact]
    public void Run_BiasWithOtherScale_RaisesBiasRescaled()
    {
        var model = Vector()
            .Tensor("w", OnnxType.Int8, [1, 4], (sbyte)1, (sbyte)2, (sbyte)3, (sbyte)4)
            .Float("ws", 0.5f)
            .Tensor("b", OnnxType.Int32, [1], 10)
            .Float("bs", 1f)
            .Node("DequantizeLinear", "w ws", "wd")
            .Node("DequantizeLinear", "b bs", "bd")
            .Node("Gemm", "d wd bd", "g", ("transB", 1))
            .Node("QuantizeLinear", "g s z", "r")
            .Node("DequantizeLinear", "r s z", "y")
            .Output("y")
            .Read();
        var result = ModelCompiler.Network(model, "net");
        Assert.Equal(DiagnosticCatalog.BiasRescaled, Assert.Single(result.Diagnostics).Descriptor);
        var dense = Assert.IsType<Dense>(Assert.Single(result.Value.Nodes).Operator);
        Assert.Equal(40, System.BitConverter.ToInt32(dense.Bias!.Data.AsSpan()));
    }

    /// <summary>An image of 3 x 4 x 4 quantised with scale 0.5: real values in "d".</summary>
    private static OnnxBytes Quantized() => Border(new OnnxBytes().Input("x", 1, 3, 4, 4));

    private static OnnxBytes Quantized(int size) => Border(new OnnxBytes().Input("x", 1, 1, size, size));

    private static OnnxBytes Vector() => Border(new OnnxBytes().Input("x", 1, 4));

    private static OnnxBytes Border(OnnxBytes model) =>
        model.Float("s", 0.5f).Zero("z").Node("QuantizeLinear", "x s z", "q").Node("DequantizeLinear", "q s z", "d");

    private static string Raise(DiagnosticDescriptor expected, OnnxBytes model)
    {
        var diagnostic = Assert.Single(ModelImporter.Import(model.Read(), "net").Diagnostics);
        Assert.Equal(expected, diagnostic.Descriptor);
        return diagnostic.Message;
    }
}
