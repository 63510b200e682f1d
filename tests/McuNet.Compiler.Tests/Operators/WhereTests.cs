using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Conditions and operands that repeat along some axes, also all three.</summary>
internal sealed class WhereCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 27; i++)
        {
            var shape = Shape();
            TensorShape[] shapes = [Part(shape, i % 3), Part(shape, i / 3 % 3), Part(shape, i / 9)];
            var (output, isFull) = (new Where().InferShape([.. shapes]), shapes[0] == shape);
            var calling =
                isFull && i % 2 == 0 ? Calling.InPlace
                : shapes.All(s => s == output) ? Calling.Joined
                : Calling.SplitColumns;
            var type = Int8(output);
            yield return Case(
                new Where(),
                new([Int8(shapes[0], 1, i % 2 == 0 ? -128 : 127), type with { Shape = shapes[1] }, type with { Shape = shapes[2] }], type),
                calling
            );
            yield return Case(new Where(), new([.. shapes.Select(Real)], Real(output)), calling);
        }
    }

    private static TensorShape Part(TensorShape shape, int which) =>
        which switch
        {
            0 => shape,
            1 => shape with { Height = 1, Width = 1 },
            _ => shape with { Channels = 1 },
        };
}

public sealed class WhereTests
{
    /// <summary>Where not zero 3 and 3 of scale 1, else 8 of scale 0.5.</summary>
    [Fact]
    public void Evaluate_OtherScales_AreConverted() =>
        Assert.Equal(
            [3, 4, 3],
            Evaluate(
                new Where(),
                Type(1, 1, 3, 1, 0),
                Data(Type(1, 1, 3, 1, -128), -127, -128, 5),
                Data(Type(1, 1, 1, 1, 0), 3),
                Data(Type(1, 1, 1, 0.5f, 0), 8)
            )
        );

    /// <summary>The condition, both choices and the constant are bytes, and nothing is held but rows.</summary>
    [Fact]
    public void Compile_BetweenIntegers_IsBytesByRows()
    {
        var graph = ModelCompiler.Network(Quantised("c d k").Read(), "net").Value;
        Assert.All(graph.Tensors, t => Assert.Equal(ElementType.Int8, t.Type.Element));
        Assert.Equal(5, graph.Nodes.Single(n => n.Operator is Where) is var node ? node.Operator.Rows(graph.TypesOf(node)).Steps : 0);
    }

    [OnnxRuntimeTheory]
    [InlineData("c d d2")]
    [InlineData("c d k")]
    [InlineData("c k d2")]
    [InlineData("mask d d2")]
    [InlineData("c column row")]
    public void Evaluate_Integers_EqualOnnxRuntime(string operands)
    {
        var difference = OnnxOracle.Compare(Quantised(operands), 1, McuNet.Runtimes.OnnxRuntime.OnnxOptimisation.Disabled);
        Assert.Equal(0, difference.Mismatches);
    }

    [OnnxRuntimeTheory]
    [InlineData("c x x2")]
    [InlineData("c x far")]
    [InlineData("mask far x2")]
    [InlineData("none x x2")]
    [InlineData("c row column")]
    public void Evaluate_Reals_EqualOnnxRuntime(string operands) =>
        WholeOracle.Same(
            Masks(
                    new OnnxBytes { Opset = 16 }
                        .Input("x", 1, 3, 5, 4)
                        .Input("x2", 1, 3, 5, 4)
                )
                .Float("far", float.NegativeInfinity)
                .Node("Greater", "x x2", "c")
                .Node("Where", operands, "y")
                .Output("y", 1, 3, 5, 4),
            3
        );

    [Fact]
    public void Import_ConditionThatIsTrueThroughout_IsNoWork()
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 4)
            .Input("x2", 1, 4)
            .Tensor("c", OnnxType.Bool, [1], (byte)1)
            .Node("Where", "c x x2", "v")
            .Node("Neg", "v", "y")
            .Output("y");
        Assert.Single(ModelCompiler.Network(model.Read(), "net").Value.Nodes);
    }

    private static OnnxBytes Masks(OnnxBytes model) =>
        model
            .Tensor("mask", OnnxType.Bool, [1, 1, 5, 4], [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 3 == 0 ? 1 : 0))])
            .Tensor("none", OnnxType.Bool, [1], (byte)0)
            .Tensor("row", OnnxType.Float, [4], 1f, 2f, -1f, 0.5f)
            .Tensor("column", OnnxType.Float, [3, 1, 1], 0.25f, -2f, 1.5f);

    private static OnnxBytes Quantised(string operands) =>
        Masks(
                new OnnxBytes { Opset = 16 }
                    .Input("x", 1, 3, 5, 4)
                    .Input("x2", 1, 3, 5, 4)
            )
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("t", 0.0179f)
            .Zero("u", -11)
            .Float("k", -1.5f)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("QuantizeLinear", "x2 t u", "q2")
            .Node("DequantizeLinear", "q2 t u", "d2")
            .Node("Greater", "d d2", "c")
            .Node("Where", operands, "f")
            .Float("o", 0.0313f)
            .Zero("p", 3)
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y");
}
