using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Raises every diagnostic of import and quantisation once.</summary>
public sealed class ImportDiagnosticTests
{
    [Fact]
    public void Import_UnknownOperator_RaisesOperatorNotSupported()
    {
        var message = Raise(DiagnosticCatalog.OperatorNotSupported, Quantized().Node("LSTM", "d", "y").Output("y"));
        Assert.Contains("Node 'node_y' uses operator LSTM (domain 'ai.onnx', opset 13)", message, System.StringComparison.Ordinal);
        Assert.Contains("Add, AveragePool, Clip", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Import_TwoUnknownOperators_NamesBothAndNothingBehindThem()
    {
        var model = Quantized().Node("LSTM", "d", "a").Node("Relu", "a", "b").Node("GRU", "d", "c").Node("Add", "b c", "y").Output("y").Read();
        Assert.Equal(["MCU1003", "MCU1003"], ModelImporter.Import(model, "net").Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Import_ResizeLinear_RaisesAttributeNotSupported() =>
        Raise(DiagnosticCatalog.AttributeNotSupported, Quantized().Float("scales", 1, 1, 2, 2).Node("Resize", "d - scales", "y", ("mode", "linear")).Output("y"));

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
        Raise(DiagnosticCatalog.DimensionsNotSupported, new OnnxBytes().Input("x", 2, 3, 4, 8).Node("Relu", "x", "y").Output("y"));

    [Fact]
    public void Import_ExternalWeights_RaisesExternalData() =>
        Raise(DiagnosticCatalog.ExternalData, Quantized().External("w", "weights.bin").Node("MatMul", "d w", "y").Output("y"));

    [Fact]
    public void Import_DoubleInput_RaisesElementTypeNotSupported() =>
        Raise(DiagnosticCatalog.ElementTypeNotSupported, new OnnxBytes().Input("x", OnnxType.Double, 1, 4).Node("Relu", "x", "y").Output("y"));

    [Fact]
    public void Import_ProductOfActivations_RaisesOperandNotConstant() =>
        Raise(DiagnosticCatalog.OperandNotConstant, Quantized().Node("MatMul", "d d", "y").Output("y"));

    [Fact]
    public void Import_UndefinedValue_RaisesValueMissing() =>
        Raise(DiagnosticCatalog.ValueMissing, Quantized().Node("Relu", "nowhere", "y").Output("y"));

    [Fact]
    public void Import_FlattenedImageReshapedToOtherImage_RaisesElementOrderNotSupported() =>
        Raise(DiagnosticCatalog.ElementOrderNotSupported, Quantized().Tensor("to", OnnxType.Int64, [4], 1L, 2, 3, 8).Node("Reshape", "d to", "y").Output("y"));

    [Fact]
    public void Import_PadBeforeAdd_RaisesPaddingNotFused() =>
        Raise(DiagnosticCatalog.PaddingNotFused, Quantized().Tensor("pads", OnnxType.Int64, [8], 0L, 0, 1, 1, 0, 0, 1, 1).Node("Pad", "d pads", "p").Node("Add", "p p", "y").Output("y"));

    [Fact]
    public void Import_NegativeScale_RaisesQuantizationInvalid() =>
        Raise(DiagnosticCatalog.QuantizationInvalid, new OnnxBytes().Input("x", 1, 4).Float("s", -1f).Zero("z").Node("QuantizeLinear", "x s z", "y").Output("y"));

    [Fact]
    public void Import_ZeroPointsPerChannel_RaisesQuantizationInvalid() =>
        Raise(DiagnosticCatalog.QuantizationInvalid, Vector()
            .Tensor("w", OnnxType.Int8, [2, 4], new sbyte[8]).Float("ws", 1, 2).Tensor("wz", OnnxType.Int8, [2], (sbyte)0, (sbyte)1)
            .Node("DequantizeLinear", "w ws wz", "wd", ("axis", 0)).Node("Gemm", "d wd", "y", ("transB", 1)).Output("y"));

    [Fact]
    public void Import_ScalesAlongInputs_RaisesQuantizationAxisNotSupported() =>
        Raise(DiagnosticCatalog.QuantizationAxisNotSupported, Vector()
            .Tensor("w", OnnxType.Int8, [2, 4], new sbyte[8]).Float("ws", 1, 2, 3, 4)
            .Node("DequantizeLinear", "w ws", "wd", ("axis", 1)).Node("Gemm", "d wd", "y", ("transB", 1)).Output("y"));

    [Fact]
    public void Import_DequantizeWithOtherScale_RaisesQuantizationsDiffer() =>
        Raise(DiagnosticCatalog.QuantizationsDiffer, Quantized().Float("other", 0.25f).Node("DequantizeLinear", "q other z", "y").Output("y"));

    [Fact]
    public void Run_FloatAdd_RaisesNodeStaysFloat()
    {
        var graph = ModelImporter.Import(new OnnxBytes().Input("x", 1, 4).Node("Add", "x x", "y").Output("y").Read(), "net").Value;
        var diagnostic = Assert.Single(PassPipeline.Run(graph).Diagnostics);
        Assert.Equal(DiagnosticCatalog.NodeStaysFloat, diagnostic.Descriptor);
        Assert.Contains("Node 'node_y' (Add) computes in float32: its input 'x' is not quantised", diagnostic.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BiasWithOtherScale_RaisesBiasRescaled()
    {
        var model = Vector().Tensor("w", OnnxType.Int8, [1, 4], (sbyte)1, (sbyte)2, (sbyte)3, (sbyte)4).Float("ws", 0.5f)
            .Tensor("b", OnnxType.Int32, [1], 10).Float("bs", 1f)
            .Node("DequantizeLinear", "w ws", "wd").Node("DequantizeLinear", "b bs", "bd")
            .Node("Gemm", "d wd bd", "g", ("transB", 1)).Node("QuantizeLinear", "g s z", "r").Node("DequantizeLinear", "r s z", "y").Output("y").Read();
        var result = PassPipeline.Run(ModelImporter.Import(model, "net").Value);
        Assert.Equal(DiagnosticCatalog.BiasRescaled, Assert.Single(result.Diagnostics).Descriptor);
        var dense = Assert.IsType<Dense>(Assert.Single(result.Value.Nodes).Operator);
        Assert.Equal(40, System.BitConverter.ToInt32(dense.Bias!.Data.AsSpan()));
    }

    /// <summary>An image of 3 x 4 x 4 quantised with scale 0.5: real values in "d".</summary>
    private static OnnxBytes Quantized() => Border(new OnnxBytes().Input("x", 1, 3, 4, 4));

    private static OnnxBytes Vector() => Border(new OnnxBytes().Input("x", 1, 4));

    private static OnnxBytes Border(OnnxBytes model) => model.Float("s", 0.5f).Zero("z").Node("QuantizeLinear", "x s z", "q").Node("DequantizeLinear", "q s z", "d");

    private static string Raise(DiagnosticDescriptor expected, OnnxBytes model)
    {
        var diagnostic = Assert.Single(ModelImporter.Import(model.Read(), "net").Diagnostics);
        Assert.Equal(expected, diagnostic.Descriptor);
        return diagnostic.Message;
    }
}
