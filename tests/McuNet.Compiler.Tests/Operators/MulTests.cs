using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Both shapes of the second operand, in all ways of calling, with products that saturate and products on ties.</summary>
internal sealed class MulCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var shape = Shape();
            var second = i % 2 == 0 ? shape : TensorShape.Vector(shape.Channels);
            var clamp = i % 4 < 2 ? Clamp.None : Clamp.Relu;
            yield return Case(new Mul { Clamp = clamp }, new([Int8(shape), Int8(second)], Int8(shape)), (Calling)(i % 3));
        }

        var ties = new TensorShape(2, 128, 3);
        foreach (var second in new[] { ties, TensorShape.Vector(3) })
            yield return Case(new Mul(), new([Int8(ties, 0.5f, 3), Int8(second, 0.0625f, -7)], Int8(ties, 1f, 5)), Calling.SplitColumns);

        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            var second = i % 2 == 0 ? shape : TensorShape.Vector(shape.Channels);
            yield return Case(
                new Mul { Clamp = i % 4 < 2 ? Clamp.None : new(0, 6) },
                new([Real(shape), Real(second)], Real(shape)),
                (Calling)(i % 3)
            );
        }
    }
}

public sealed class MulTests
{
    [Fact]
    public void Evaluate_SameShapes_RoundsHalvesToEven() =>
        Assert.Equal(
            [1, 1, 3, 127, -128],
            Evaluate(
                new Mul(),
                Type(1, 5, 1, 0.5f, 1),
                Data(Type(1, 5, 1, 0.5f, 0), 1, 3, 5, 120, -120),
                Data(Type(1, 5, 1, 0.25f, 2), 4, 2, 4, 127, 127)
            )
        );

    [Fact]
    public void Evaluate_OneValuePerChannel_ScalesEveryColumn() =>
        Assert.Equal(
            [2, -6, 4, -9],
            Evaluate(new Mul(), Type(2, 1, 2, 1, 0), Data(Type(2, 1, 2, 1, 0), 1, 2, 2, 3), Data(Type(1, 1, 2, 1, 1), 3, -2))
        );

    [Fact]
    public void Rows_OneValuePerChannel_ReadsItsRowAtEveryStepAndNeverOverwritesIt()
    {
        var rows = new Mul().Rows(new([Type(4, 3, 2, 1, 0), Type(1, 1, 2, 1, 0)], Type(4, 3, 2, 1, 0)));
        Assert.Equal((new RowRange(2, 3), new RowRange(0, 1), new RowRange(2, 3)), (rows.Reads(0, 2), rows.Reads(1, 2), rows.Writes(2)));
        Assert.Equal((true, false), (rows.MayOverwrite(0), rows.MayOverwrite(1)));
    }

    [Theory]
    [InlineData("d m")]
    [InlineData("m d")]
    public void Import_TensorAndChannels_TensorComesFirst(string operands)
    {
        var graph = Compile(
            Finish(
                Start()
                    .Node("ReduceMean", "d", "r", ("axes", new[] { 2, 3 }))
                    .Node("QuantizeLinear", "r t u", "rq")
                    .Node("DequantizeLinear", "rq t u", "m")
                    .Node("Mul", operands, "f")
            )
        );
        Assert.Equal(["Mean", "Mul"], graph.Nodes.Select(n => n.Operator.Kind));
        Assert.Equal(graph.Inputs[0].Tensor, graph.Nodes[1].Inputs[0]);
        Assert.IsType<BroadcastRows>(graph.Nodes[1].Operator.Rows(graph.TypesOf(graph.Nodes[1])));
    }

    [Fact]
    public void Import_ConstantNumber_IsATable()
    {
        var graph = Compile(Finish(Start().Float("c", 0.5f).Node("Mul", "d c", "f")));
        Assert.Equal(new UnaryFunction.Scale(0.5), Assert.IsType<Lookup>(Assert.Single(graph.Nodes).Operator).Function);
    }

    [Fact]
    public void Import_ConstantChannels_IsADepthwiseConvolution()
    {
        var op = Assert.IsType<DepthwiseConv2D>(Assert.Single(Compile(Finish(Channels())).Nodes).Operator);
        Assert.Equal([1, 1, 3], op.Weights.Dims.AsEnumerable());
        Assert.Equal([5, -3, 100], op.Weights.Data.Select(b => (int)(sbyte)b));
    }

    [Fact]
    public void Import_QLinearForm_TakesScalesFromItsOperands()
    {
        var model = new OnnxBytes { Domain = "com.microsoft", Opset = 1 }
            .Input("x", OnnxType.Int8, 1, 3, 2, 2)
            .Float("s", 0.5f)
            .Zero("z", 4)
            .Float("t", 0.25f)
            .Zero("u", -7)
            .Node("QLinearMul", "x s z x s z t u", "y")
            .Output("y");
        var graph = Compile(model);
        Assert.IsType<Mul>(Assert.Single(graph.Nodes).Operator);
        Assert.Equal(new QuantizationParameters(0.25f, -7), graph[graph.Outputs[0].Tensor].Type.Quantization);
    }

    [OnnxRuntimeFact]
    public void Evaluate_RandomTensors_EqualsOnnxRuntime()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            long[] second = seed % 2 == 0 ? [1, 3, 16, 16] : [1, 3, 1, 1];
            var model = Start(0.3f + seed * 0.2f)
                .Input("x2", second)
                .Node("QuantizeLinear", "x2 t u", "q2")
                .Node("DequantizeLinear", "q2 t u", "d2")
                .Node("Mul", "d d2", "f");
            Assert.Equal(new OnnxDifference(768, 0, 0), OnnxOracle.Compare(Finish(model), seed));
        }
    }

    [OnnxRuntimeFact]
    public void Evaluate_ConstantChannels_EqualsOnnxRuntime() =>
        Assert.Equal(new OnnxDifference(768, 0, 0), OnnxOracle.Compare(Finish(Channels()), 1));

    /// <summary>QLinearMul multiplies integers, the table real numbers: a value next to a tie may go the other way.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_ConstantNumber_IsWithinOneStepOfOnnxRuntime()
    {
        var model = Start().Zero("cq", 37).Node("DequantizeLinear", "cq t u", "c").Node("Mul", "d c", "f");
        var difference = OnnxOracle.Compare(Finish(model), 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, 3);
    }

    private static OnnxBytes Channels() =>
        Start()
            .Tensor("cq", OnnxType.Int8, [3, 1, 1], (sbyte)5, (sbyte)-3, (sbyte)100)
            .Node("DequantizeLinear", "cq t u", "c")
            .Node("Mul", "d c", "f");

    private static OnnxBytes Start(float stretch = 1) =>
        new OnnxBytes()
            .Input("x", 1, 3, 16, 16)
            .Float("s", 0.0234f * stretch)
            .Zero("z", 9)
            .Float("t", 0.0179f)
            .Zero("u", -11)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model) =>
        model
            .Float("o", 0.0313f)
            .Zero("p", 3)
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y", 1, 3, 16, 16);

    private static NetworkGraph Compile(OnnxBytes model) => ModelCompiler.Network(model.Read(), "net").Value;
}
