using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Sums, differences, quotients, powers and limits with a constant.</summary>
public sealed class ConstantOperandTests
{
    /// <summary>One number is a table, which ONNX Runtime computes in float32: a result next to a tie may go the other way.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Add", "d c")]
    [InlineData("Add", "c d")]
    [InlineData("Sub", "d c")]
    [InlineData("Sub", "c d")]
    [InlineData("Div", "d c")]
    [InlineData("Pow", "d two")]
    [InlineData("Max", "d c")]
    [InlineData("Min", "c d")]
    public void Evaluate_OneNumber_AgreesWithOnnxRuntime(string op, string operands)
    {
        var difference = OnnxOracle.Compare(Finish(Start().Node(op, operands, "f")), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, 3);
    }

    /// <summary>A bias in steps of a sixty-fourth of the input's: within one step, and equal nearly everywhere.</summary>
    [OnnxRuntimeTheory]
    [InlineData("Add", "d cs")]
    [InlineData("Add", "cs d")]
    [InlineData("Sub", "d cs")]
    public void Evaluate_OneNumberForEachChannel_IsWithinOneStepOfOnnxRuntime(string op, string operands)
    {
        var model = Finish(Start().Tensor("cs", OnnxType.Float, [3, 1, 1], 0.5f, -1.25f, 0.0625f).Node(op, operands, "f"));
        Assert.IsType<DepthwiseConv2D>(Assert.Single(Compile(model).Nodes).Operator);
        var difference = OnnxOracle.Compare(model, 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    [Theory]
    [InlineData("Add", "d c", "Shift")]
    [InlineData("Sub", "c d", "Difference")]
    [InlineData("Div", "c d", "Quotient")]
    public void Import_OneNumber_IsATable(string op, string operands, string function) =>
        Assert.Equal(
            function,
            Assert.IsType<Lookup>(Assert.Single(Compile(Finish(Start().Node(op, operands, "f"))).Nodes).Operator).Function.GetType().Name
        );

    [Fact]
    public void Import_LimitAfterALayer_IsItsClamp()
    {
        var model = Start().Node("Sigmoid", "d", "g").Node("Min", "g c", "f");
        Assert.Equal(
            new Clamp(float.NegativeInfinity, 0.75f),
            Assert.IsType<Lookup>(Assert.Single(Compile(Finish(model)).Nodes).Operator).Clamp
        );
    }

    [Theory]
    [InlineData("Div", "d zero")]
    public void Import_WhatCannotBe_IsReported(string op, string operands) =>
        Assert.Contains(
            ModelImporter.Import(Finish(Start().Float("zero", 0).Node(op, operands, "f")).Read(), "net").Diagnostics,
            d => d.Id == "MCU1004"
        );

    /// <summary>Weights and bias times alpha and beta; whole-image maximum; a cast to what it is; quantisation under its other
    /// name.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_GlobalMaxPoolAndCast_EqualOnnxRuntime() =>
        Assert.Equal(
            0,
            OnnxOracle.Compare(Finish(Start().Node("Cast", "d", "g", ("to", 1)).Node("GlobalMaxPool", "g", "f")), 1).Mismatches
        );

    [OnnxRuntimeFact]
    public void Evaluate_GemmWithAlphaAndBeta_IsWithinOneStepOfOnnxRuntime()
    {
        var model = Start()
            .Node("Flatten", "d", "g")
            .Tensor("w", OnnxType.Int8, [2, 192], [.. Enumerable.Range(0, 384).Select(i => (sbyte)(i % 23 - 11))])
            .Float("ws", 0.01f)
            .Zero("wz")
            .Node("DequantizeLinear", "w ws wz", "wd")
            .Tensor("b", OnnxType.Float, [2], 0.5f, -0.25f)
            .Node("Gemm", "g wd b", "f", ("transB", 1), ("alpha", 0.5f), ("beta", 2f));
        Assert.InRange(OnnxOracle.Compare(Finish(model), 1).Largest, 0, 1);
    }

    private static OnnxBytes Start() =>
        new OnnxBytes()
            .Input("x", 1, 3, 8, 8)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("o", 0.0313f)
            .Zero("p", -3)
            .Float("c", 0.75f)
            .Float("two", 2)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model) =>
        model.Node("QuantizeLinear", "f o p", "oq").Node("DequantizeLinear", "oq o p", "y").Output("y");

    private static NetworkGraph Compile(OnnxBytes model) => ModelCompiler.Network(model.Read(), "net").Value;
}
