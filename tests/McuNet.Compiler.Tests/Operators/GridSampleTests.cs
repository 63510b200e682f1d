using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Every interpolation with every padding, places far out and images of one pixel too.</summary>
internal sealed class GridSampleCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    private static readonly GridInterpolation[] Interpolations =
    [
        GridInterpolation.Nearest,
        GridInterpolation.Linear,
        GridInterpolation.Cubic,
    ];

    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 36; i++)
        {
            var (image, places) = (i % 12 == 0 ? new(1, 1, 3) : Shape(), Shape() with { Channels = 2 });
            var op = new GridSample
            {
                Interpolation = Interpolations[i % 3],
                Padding = (GridPadding)(i / 3 % 3),
                AlignCorners = i / 9 % 2 == 0,
                Clamp = i % 5 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(
                op,
                new([Real(image), Real(places)], Real(op.InferShape([image, places]))),
                Calling.SplitColumns,
                -2.5f,
                2.5f
            );
        }
    }
}

public sealed class GridSampleTests
{
    /// <summary>1 2 | 3 4 at its middle, at its last corner's edge, and beyond it.</summary>
    [Theory]
    [InlineData(GridPadding.Zeros, 2.5f, 1f, 0f)]
    [InlineData(GridPadding.Border, 2.5f, 4f, 4f)]
    [InlineData(GridPadding.Reflection, 2.5f, 4f, 1f)]
    public void Evaluate_Places_LieBetweenPixels(GridPadding padding, params float[] expected)
    {
        var op = new GridSample
        {
            Interpolation = GridInterpolation.Linear,
            Padding = padding,
            AlignCorners = false,
        };
        var (image, places) = (Data(new(2, 2, 1), 1, 2, 3, 4), Data(new(1, 3, 2), 0, 0, 1, 1, 2.5f, 2.5f));
        var output = Data(new(1, 3, 1));
        op.Evaluate(new([image.Type, places.Type], output.Type), [image, places], output);
        Assert.Equal(expected, output.Float32.ToArray());
    }

    [Fact]
    public void Rows_Places_AreReadOneByOneAndTheImageAtOnce()
    {
        var op = new GridSample
        {
            Interpolation = GridInterpolation.Linear,
            Padding = GridPadding.Zeros,
            AlignCorners = false,
        };
        var rows = op.Rows(new([Data(new(7, 4, 3)).Type, Data(new(5, 2, 2)).Type], Data(new(5, 2, 3)).Type));
        Assert.Equal((5, new RowRange(0, 7), new RowRange(2, 3)), (rows.Steps, rows.Reads(0, 2), rows.Reads(1, 2)));
    }

    [OnnxRuntimeTheory]
    [InlineData("linear", "zeros", 0)]
    [InlineData("linear", "border", 1)]
    [InlineData("linear", "reflection", 0)]
    [InlineData("nearest", "zeros", 1)]
    [InlineData("nearest", "reflection", 0)]
    [InlineData("cubic", "zeros", 0)]
    [InlineData("cubic", "reflection", 1)]
    public void Evaluate_Modes_AreThoseOfOnnxRuntime(string mode, string padding, int corners)
    {
        var model = new OnnxBytes { Opset = 20 }
            .Input("x", 1, 3, 5, 6)
            .Input("g", 1, 4, 7, 2)
            .Node("GridSample", "x g", "y", ("mode", mode), ("padding_mode", padding), ("align_corners", corners))
            .Output("y");
        Assert.True(OnnxOracle.CompareReals(model, 5) < 1e-5f);
    }

    [Fact]
    public void Import_UnknownMode_IsReported()
    {
        var model = new OnnxBytes { Opset = 20 }
            .Input("x", 1, 3, 5, 6)
            .Input("g", 1, 4, 7, 2)
            .Node("GridSample", "x g", "y", ("mode", "area"))
            .Output("y");
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }

    private static TensorData Data(TensorShape shape, params float[] values)
    {
        var data = new TensorData(new(shape, ElementType.Float32));
        values.CopyTo(data.Float32);
        return data;
    }
}
