using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Larger and smaller, of few units and of the most.</summary>
internal sealed class ResizeLinearCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var shape = Shape();
            var op = new ResizeLinear
            {
                RowTaps = Taps(shape.Height, 1 + Random.Next(9)),
                ColumnTaps = Taps(shape.Width, 1 + Random.Next(17)),
                Clamp = i % 3 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(op, new([Int8(shape, 0.03f)], Int8(op.InferShape([shape]), i % 2 == 0 ? 0.03f : null)), Calling.SplitColumns);
            yield return Case(op, new([Real(shape)], Real(op.InferShape([shape]))), Calling.SplitColumns);
        }
    }

    private LinearTaps Taps(int from, int to)
    {
        var stretch = Random.Next(3) == 0 ? 1 + 0.1 * Random.NextDouble() : 1;
        return LinearTaps.Of([.. Enumerable.Range(0, to).Select(i => ((i + 0.5) * from / to - 0.5) * stretch)], from);
    }
}

public sealed class ResizeLinearTests
{
    /// <summary>0 40 to 0 10 30 40, and the second row lies half way to 100 80.</summary>
    [Fact]
    public void Evaluate_TwiceAsManyColumns_LiesBetweenNeighbours()
    {
        var op = new ResizeLinear { RowTaps = LinearTaps.Of([0, 0.5], 2), ColumnTaps = LinearTaps.Of([-0.25, 0.25, 0.75, 1.25], 2) };
        Assert.Equal([0, 10, 30, 40, 50, 52, 58, 60], Evaluate(op, Type(2, 4, 1, 1, 0), Data(Type(2, 2, 1, 1, 0), 0, 40, 100, 80)));
    }

    [Fact]
    public void Within_FewerUnits_RoundsPositions()
    {
        var taps = new LinearTaps(1000, [0, 1, 2], [499, 999, 0]).Within(10);
        Assert.Equal(10, taps.Units);
        Assert.Equal([0, 2, 2], taps.First.ToArray());
        Assert.Equal([5, 0, 0], taps.Weight.ToArray());
    }

    [Theory]
    [InlineData(new[] { -0.25, 0.25, 0.75, 1.25 }, 2, 4)]
    [InlineData(new[] { 0, 1 / 3.0, 2 / 3.0, 1 }, 2, 3)]
    [InlineData(new[] { 0.2718281, 1.4142135 }, 4, 2048)]
    public void Of_Positions_HasTheFewestUnits(double[] positions, int size, int units) =>
        Assert.Equal(units, LinearTaps.Of(positions, size).Units);

    [Fact]
    public void Rows_TwiceAsMany_ReadsOneRowOrTwo()
    {
        var taps = LinearTaps.Of([-0.25, 0.25, 0.75, 1.25], 2);
        var rows = new ResizeLinear { RowTaps = taps, ColumnTaps = taps }.Rows(new([Type(2, 2, 1, 1, 0)], Type(4, 4, 1, 1, 0)));
        Assert.Equal([new(0, 1), new(0, 2), new(0, 2), new(1, 2)], Enumerable.Range(0, 4).Select(s => rows.Reads(0, s)));
    }

    [Fact]
    public void Slice_Columns_ReadsWhatTheyLieBetween()
    {
        var op = new ResizeLinear { RowTaps = LinearTaps.Of([0], 1), ColumnTaps = LinearTaps.Of([0, 0.5, 1, 1.5, 2], 3) };
        var slice = op.Slice(new([Type(1, 3, 1, 1, 0)], Type(1, 5, 1, 1, 0)), new(2, 4))!;
        Assert.Equal(new ColumnRange(1, 3), slice.Inputs[0]);
        Assert.Equal([20, 24], Evaluate(slice.Operator, Type(1, 2, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 20, 28)));
    }

    /// <summary>Ratios of small numbers are exact; ONNX Runtime's float32 weights may decide a tie otherwise.</summary>
    [OnnxRuntimeTheory]
    [InlineData("half_pixel", 12, 14)]
    [InlineData("half_pixel", 9, 5)]
    [InlineData("pytorch_half_pixel", 18, 21)]
    [InlineData("pytorch_half_pixel", 1, 1)]
    [InlineData("align_corners", 12, 13)]
    [InlineData("align_corners", 1, 21)]
    [InlineData("asymmetric", 15, 28)]
    [InlineData("asymmetric", 6, 7)]
    public void Evaluate_Sizes_AreWithinOneStepOfOnnxRuntime(string mode, int height, int width)
    {
        var model = Finish(
            Start()
                .Tensor("to", OnnxType.Int64, [4], 1L, 3, height, width)
                .Node("Resize", "d - - to", "f", ("mode", "linear"), ("coordinate_transformation_mode", mode)),
            0.0177f
        );
        Near(OnnxOracle.Compare(model, 1));
    }

    [OnnxRuntimeTheory]
    [InlineData("half_pixel", 2, 2)]
    [InlineData("half_pixel", 1.5f, 0.6f)]
    [InlineData("asymmetric", 2.37f, 1.31f)]
    [InlineData("align_corners", 2, 3)]
    public void Evaluate_Scales_AreWithinOneStepOfOnnxRuntime(string mode, float rows, float columns)
    {
        var model = Finish(
            Start()
                .Float("by", 1, 1, rows, columns)
                .Node("Resize", "d - by", "f", ("mode", "linear"), ("coordinate_transformation_mode", mode)),
            0.0234f
        );
        Near(OnnxOracle.Compare(model, 1));
    }

    [Fact]
    public void Import_ModeThatIsNone_IsReported()
    {
        var model = Finish(Start().Float("by", 1, 1, 2, 2).Node("Resize", "d - by", "f", ("mode", "sinc")), 0.0234f);
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }

    private static void Near(OnnxDifference difference)
    {
        Assert.InRange(difference.Largest, 0, 1);
        Assert.True(difference.Mismatches * 10 <= difference.Elements, $"{difference}: more than ties");
    }

    private static OnnxBytes Start() =>
        new OnnxBytes()
            .Input("x", 1, 3, 6, 7)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model, float scale) =>
        model.Float("o", scale).Zero("p", 9).Node("QuantizeLinear", "f o p", "oq").Node("DequantizeLinear", "oq o p", "y").Output("y");
}
