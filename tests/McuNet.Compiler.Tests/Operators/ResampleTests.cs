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

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Larger and smaller, inputs of fewer elements than a cubic piece has neighbours, one axis alone.</summary>
internal sealed class ResampleCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 16; i++)
        {
            var shape = Shape() is var some && i % 3 == 0 ? some with { Height = 1 + i % 2 } : some with { Height = some.Height + 5 };
            var op = new Resample
            {
                RowTaps = i % 4 == 1 ? SumTaps.Same(shape.Height) : Taps(shape.Height, 1 + Random.Next(9), i),
                ColumnTaps = i % 4 == 2 ? SumTaps.Same(shape.Width) : Taps(shape.Width, 1 + Random.Next(17), i),
                Clamp = i % 3 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(op, new([Real(shape)], Real(op.InferShape([shape]))), Calling.SplitColumns);
        }
    }

    private static SumTaps Taps(int from, int to, int i) =>
        SumTaps.Cubic([.. Enumerable.Range(0, to).Select(x => (x + 0.5) * from / to - 0.5)], from, -0.75, i % 2 == 0);
}

public sealed class ResampleTests
{
    /// <summary>Half way between the two in the middle of 0 16 48 0: -0.09375 times the outer and 0.59375 times the inner ones.</summary>
    [Fact]
    public void Cubic_HalfWay_WeighsFourNeighbours()
    {
        var op = new Resample { RowTaps = SumTaps.Same(1), ColumnTaps = SumTaps.Cubic([1.5], 4, -0.75, excludesOutside: false) };
        var type = new TensorType(new(1, 4, 1), ElementType.Float32);
        var (input, output) = (new TensorData(type), new TensorData(type with { Shape = new(1, 1, 1) }));
        new float[] { 0, 16, 48, 0 }.CopyTo(input.Float32);
        op.Evaluate(new([type], output.Type), [input], output);
        Assert.Equal(38, output.Float32[0]);
    }

    /// <summary>A quarter before the first, of two: neighbours -2 and -1 are the first element, or nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cubic_Ends_HaveWeightsThatAddUpToOne(bool excludesOutside)
    {
        var taps = SumTaps.Cubic([-0.25, 1.25], 2, -0.5, excludesOutside);
        Assert.Equal((2, 0, 0), (taps.Taps, taps.First[0], taps.First[1]));
        Assert.Equal(1, taps.Weights[0] + taps.Weights[1], 1e-6f);
        Assert.Equal(taps.Weights[0], taps.Weights[3], 1e-6f);
    }

    [OnnxRuntimeTheory]
    [InlineData("half_pixel", 1.7f, 0, -0.75f)]
    [InlineData("half_pixel", 0.6f, 1, -0.5f)]
    [InlineData("asymmetric", 2f, 0, -0.75f)]
    [InlineData("pytorch_half_pixel", 1.3f, 0, -0.5f)]
    [InlineData("align_corners", 2f, 0, -0.75f)]
    public void Evaluate_Cubic_IsThatOfOnnxRuntime(string transformation, float scale, int excludes, float steepness)
    {
        var model = new OnnxBytes { Opset = 18 }
            .Input("x", 1, 3, 5, 6)
            .Tensor("s", OnnxType.Float, [4], 1, 1, scale, scale * 1.5f)
            .Node(
                "Resize",
                "x - s",
                "y",
                ("mode", "cubic"),
                ("coordinate_transformation_mode", transformation),
                ("exclude_outside", excludes),
                ("cubic_coeff_a", steepness)
            )
            .Output("y");
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    [Fact]
    public void Import_Antialias_IsRefused()
    {
        var model = new OnnxBytes { Opset = 18 }
            .Input("x", 1, 1, 5, 6)
            .Tensor("s", OnnxType.Float, [4], 1f, 1, 2, 2)
            .Node("Resize", "x - s", "y", ("mode", "cubic"), ("antialias", 1))
            .Output("y");
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }

    [Fact]
    public void Network_CubicBetweenIntegers_RunsByRowsOnRealNumbers()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2, 8, 4)
            .Float("s", 0.05f)
            .Zero("z")
            .Tensor("f", OnnxType.Float, [4], 1f, 1, 2, 2)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("Resize", "d - f", "r", ("mode", "cubic"))
            .Node("QuantizeLinear", "r s z", "o")
            .Node("DequantizeLinear", "o s z", "y")
            .Output("y");
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var node = graph.Nodes.Single(n => n.Operator is Resample);
        Assert.Equal((16, false), (node.Operator.Rows(graph.TypesOf(node)).Steps, graph[node.Output].Type.IsQuantized));
        var difference = OnnxOracle.Compare(model, 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }
}
