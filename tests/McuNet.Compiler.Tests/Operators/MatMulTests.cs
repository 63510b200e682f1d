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

/// <summary>Each operand in every order of its axes, with a batch in columns or rows, and one matrix for all.</summary>
internal sealed class MatMulCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 30; i++)
        {
            var (shape, inner) = (Shape(), 1 + Random.Next(20));
            var (a, first) = Operand(shape.Height, i % 5 == 0 ? 1 : shape.Width, 1, inner);
            var (b, second) = Operand(i % 3 == 0 ? shape.Height : 1, i % 5 == 1 ? 1 : shape.Width, shape.Channels, inner);
            var op = new MatMul
            {
                Shape = shape,
                Inner = inner,
                First = first,
                Second = second,
                Clamp = i % 4 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(op, new([Int8(a), Int8(b)], Int8(shape, 0.5f)), Calling.SplitColumns);
            yield return Case(op, new([Real(a), Real(b)], Real(shape)), Calling.SplitColumns);
        }

        var swapped = new MatMul
        {
            Shape = new(3, 1, 5),
            Inner = 7,
            First = new(7, 0, 0, 1),
            Second = new(0, 0, 1, 5),
        };
        yield return Case(swapped, new([Int8(new(3, 1, 7)), Int8(new(7, 1, 5))], Int8(new(3, 1, 5), 0.5f)), Calling.SplitColumns);
        var byChannel = new MatMul
        {
            Shape = new(2, 1, 5),
            Inner = 3,
            First = new(0, 0, 3, 1),
            Second = new(3, 0, 0, 1),
        };
        yield return Case(byChannel, new([Int8(new(5, 1, 3)), Int8(new(2, 1, 3))], Int8(new(2, 1, 5), 0.5f)), Calling.SplitColumns);
    }

    /// <summary>Axes of these extents in a random order, of which the first three a tensor has; a fourth is in the row.</summary>
    private (TensorShape Shape, MatrixSteps Steps) Operand(int rows, int columns, int channels, int inner)
    {
        int[] extents = [rows, columns, channels, inner],
            steps = new int[4];
        var order = Enumerable.Range(0, 4).OrderBy(_ => Random.Next()).ToArray();
        var step = 1;
        foreach (var axis in order.Reverse())
            (steps[axis], step) = (extents[axis] > 1 ? step : 0, step * extents[axis]);
        var height = extents[order[0]];
        return (new(height, extents[order[1]], step / height / extents[order[1]]), new(steps[0], steps[1], steps[2], steps[3]));
    }
}

public sealed class MatMulTests
{
    /// <summary>[1 2; 3 4] by [5 6; 7 8], whose zero points are 1 and -1.</summary>
    [Fact]
    public void Evaluate_TwoMatrices_SumsRowByColumn() =>
        Assert.Equal(
            [19, 22, 43, 50],
            Evaluate(Plain(2, 2, 2), Type(2, 1, 2, 1, 0), Data(Type(2, 1, 2, 1, 1), 2, 3, 4, 5), Data(Type(2, 1, 2, 1, -1), 4, 5, 6, 7))
        );

    [Fact]
    public void Rows_TwoMatrices_ReadARowOfTheFirstAndAllOfTheSecond()
    {
        var rows = Plain(3, 4, 5).Rows(new([Type(3, 1, 4, 1, 0), Type(4, 1, 5, 1, 0)], Type(3, 1, 5, 1, 0)));
        Assert.Equal((3, new RowRange(1, 2), new RowRange(0, 4)), (rows.Steps, rows.Reads(0, 1), rows.Reads(1, 1)));
    }

    [OnnxRuntimeTheory]
    [InlineData("1 12 8", "1 8 5", "MatMul")]
    [InlineData("1 12 8", "1 8 5", "MatMul squeezed")]
    [InlineData("1 3 6 8", "1 3 8 5", "MatMul")]
    [InlineData("1 3 6 8", "1 1 8 5", "MatMul")]
    [InlineData("1 6 8", "1 8 5", "Gemm squeezed")]
    [InlineData("1 8 6", "1 5 8", "Gemm squeezed transA transB")]
    [InlineData("1 6 3 8", "1 7 3 8", "Einsum bihd,bjhd->bhij")]
    [InlineData("1 12 8", "1 12 5", "Einsum bki,bkj->bij")]
    public void Evaluate_TwoActivations_AreWithinOneStepOfOnnxRuntime(string first, string second, string product)
    {
        var words = product.Split(' ');
        (string, object)[] attributes =
            words[0] == "Einsum"
                ? [("equation", words[1])]
                : [.. words.Where(w => w.StartsWith("trans", StringComparison.Ordinal)).Select(w => (w, (object)1))];
        var model = Start(first)
            .Input("x2", Dims(second))
            .Node("QuantizeLinear", "x2 t u", "q2")
            .Node("DequantizeLinear", "q2 t u", "d2")
            .Tensor("front", OnnxType.Int64, [1], 0L);
        var operands =
            words[0] == "Gemm" ? "e e2"
            : words.Length == 2 && words[1] == "squeezed" ? "d e2"
            : "d d2";
        if (operands.Contains("e2", StringComparison.Ordinal))
            model.Node("Squeeze", "d front", "e").Node("Squeeze", "d2 front", "e2");
        Near(Finish(model.Node(words[0], operands, "f", attributes)));
    }

    /// <summary>A fully connected layer of every row, a batch of one in front of the weights, and weights that come first.</summary>
    [OnnxRuntimeTheory]
    [InlineData("1 12 8", "8 5", "d w")]
    [InlineData("1 12 8", "1 8 5", "d w")]
    [InlineData("1 8 12", "5 8", "w d")]
    [InlineData("1 4 3 8", "8 5", "d w")]
    public void Evaluate_Weights_AreWithinOneStepOfOnnxRuntime(string first, string second, string operands)
    {
        var dims = Dims(second).Select(d => (int)d).ToArray();
        var weights = Enumerable.Range(0, dims.Aggregate((a, b) => a * b)).Select(i => (sbyte)(i * 37 % 200 - 100)).ToArray();
        Near(
            Finish(
                Start(first)
                    .Tensor("wq", OnnxType.Int8, dims, weights)
                    .Node("DequantizeLinear", "wq t zero", "w")
                    .Node("MatMul", operands, "f")
            )
        );
    }

    /// <summary>Queries and keys of three heads: products, shares, products with values, heads side by side again.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_Attention_IsNearOnnxRuntime()
    {
        var model = Start("1 6 24")
            .Tensor("split", OnnxType.Int64, [4], 1L, 6, 3, 8)
            .Tensor("join", OnnxType.Int64, [3], 1L, 6, 24)
            .Node("Reshape", "d split", "h")
            .Node("Transpose", "h", "queries", ("perm", new[] { 0, 2, 1, 3 }))
            .Node("Transpose", "h", "keys", ("perm", new[] { 0, 2, 3, 1 }))
            .Node("MatMul", "queries keys", "scores")
            .Node("QuantizeLinear", "scores big u", "sq")
            .Node("DequantizeLinear", "sq big u", "sd")
            .Node("Softmax", "sd", "p", ("axis", -1))
            .Node("QuantizeLinear", "p share low", "pq")
            .Node("DequantizeLinear", "pq share low", "pd")
            .Node("MatMul", "pd queries", "v")
            .Node("QuantizeLinear", "v o p3", "vq")
            .Node("DequantizeLinear", "vq o p3", "vd")
            .Node("Transpose", "vd", "back", ("perm", new[] { 0, 2, 1, 3 }))
            .Node("Reshape", "back join", "f")
            .Float("big", 0.08f)
            .Float("share", 1 / 256f)
            .Zero("low", -128)
            .Zero("p3", 3);
        var difference = OnnxOracle.Compare(Finish(model, 0.05f), 1);
        Assert.InRange(difference.Largest, 0, 1);
    }

    [Fact]
    public void Compile_QdqModel_IsOneLayerThatRunsByRows()
    {
        var model = Finish(Start("1 12 8").Node("Transpose", "d", "e", ("perm", new[] { 0, 2, 1 })).Node("MatMul", "d e", "f"));
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var node = Assert.Single(graph.Nodes);
        Assert.IsType<MatMul>(node.Operator);
        Assert.Equal(12, node.Operator.Rows(graph.TypesOf(node)).Steps);
    }

    [Fact]
    public void Import_TwoBatches_AreReported()
    {
        var model = Finish(Start("1 3 6 8").Node("MatMul", "d d", "f"));
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1006");
    }

    private static MatMul Plain(int rows, int inner, int columns) =>
        new()
        {
            Shape = new(rows, 1, columns),
            Inner = inner,
            First = new(inner, 0, 0, 1),
            Second = new(0, 0, 1, columns),
        };

    private static void Near(OnnxBytes model)
    {
        var difference = OnnxOracle.Compare(model, 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    private static long[] Dims(string dims) => [.. dims.Split(' ').Select(long.Parse)];

    private static OnnxBytes Start(string dims) =>
        new OnnxBytes()
            .Input("x", Dims(dims))
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("t", 0.0179f)
            .Zero("u", -11)
            .Zero("zero")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model, float scale = 0.0913f) =>
        model.Float("o", scale).Zero("p2", 3).Node("QuantizeLinear", "f o p2", "oq").Node("DequantizeLinear", "oq o p2", "y").Output("y");
}
