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

/// <summary>Every function over every choice of axes.</summary>
internal sealed class ReduceCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 56; i++)
        {
            var (shape, axes) = (Shape(), 1 + i / 4 % 7);
            var op = new Reduce
            {
                Function = (ReduceFunction)(i % 4),
                OverHeight = (axes & 1) != 0,
                OverWidth = (axes & 2) != 0,
                OverChannels = (axes & 4) != 0,
                Clamp = i % 5 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(op, new([Int8(shape)], Int8(op.InferShape([shape]), i % 4 == 0 ? 0.4f : null)), Calling.SplitColumns);
            yield return Case(op, new([Real(shape)], Real(op.InferShape([shape]))), Calling.SplitColumns);
            if (i % 4 == 0)
                yield return Case(
                    op with
                    {
                        Function = ReduceFunction.Prod,
                    },
                    new([Real(shape)], Real(op.InferShape([shape]))),
                    Calling.SplitColumns,
                    -2,
                    2
                );
        }
    }
}

public sealed class ReduceTests
{
    /// <summary>1 -2 | 3 4 | 5 6 | 7 -8 in steps of 0.5, to steps of 0.25 from zero point 1.</summary>
    [Theory]
    [InlineData(ReduceFunction.Max, false, false, true, 3, 9, 13, 15)]
    [InlineData(ReduceFunction.Min, true, true, false, 3, -15)]
    [InlineData(ReduceFunction.Sum, false, true, true, 13, 21)]
    [InlineData(ReduceFunction.Mean, true, true, true, 5)]
    public void Evaluate_Axes_FoldsWhatLiesOnThem(ReduceFunction function, bool height, bool width, bool channels, params int[] expected)
    {
        var op = new Reduce
        {
            Function = function,
            OverHeight = height,
            OverWidth = width,
            OverChannels = channels,
        };
        var shape = op.InferShape([new(2, 2, 2)]);
        Assert.Equal(
            expected,
            Evaluate(op, new(shape, ElementType.Int8, new(0.25f, 1)), Data(Type(2, 2, 2, 0.5f, 0), 1, -2, 3, 4, 5, 6, 7, -8))
        );
    }

    [OnnxRuntimeTheory]
    [InlineData("ReduceMax", 1, 1)]
    [InlineData("ReduceMin", 0, 2, 3)]
    [InlineData("ReduceMax", 1, 1, 3)]
    [InlineData("ReduceMax", 0, -1)]
    [InlineData("ReduceMean", 1, 1)]
    [InlineData("ReduceMean", 1, 1, 2, 3)]
    [InlineData("ReduceMin", 1)]
    public void Evaluate_AxesAsAttribute_EqualOnnxRuntime(string function, int keep, params int[] axes)
    {
        var model = Finish(
            Start().Node(function, "d", "f", [("keepdims", keep), .. axes.Length > 0 ? [("axes", axes)] : Array.Empty<(string, object)>()]),
            0.05f
        );
        var difference = OnnxOracle.Compare(model, 1);
        Assert.InRange(difference.Largest, 0, function == "ReduceMean" ? 1 : 0);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    /// <summary>ONNX Runtime adds float32 numbers, the reference integers: a sum on a tie may go the other way.</summary>
    [OnnxRuntimeTheory]
    [InlineData(1L)]
    [InlineData(2L, 3L)]
    [InlineData(1L, 2L)]
    public void Evaluate_SumWithAxesAsOperand_IsWithinOneStepOfOnnxRuntime(params long[] axes)
    {
        var model = Finish(Start().Tensor("axes", OnnxType.Int64, [axes.Length], axes).Node("ReduceSum", "d axes", "f"), 0.31f);
        var difference = OnnxOracle.Compare(model, 1);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Mismatches, 0, difference.Elements / 50);
    }

    [Fact]
    public void Import_NoAxesThatMeanNone_IsNoWork()
    {
        var model = Finish(
            Start().Tensor("axes", OnnxType.Int64, [0], Array.Empty<long>()).Node("ReduceSum", "d axes", "f", ("noop_with_empty_axes", 1)),
            0.0234f
        );
        Assert.DoesNotContain(ModelCompiler.Network(model.Read(), "net").Value.Nodes, n => n.Operator is Reduce);
    }

    [Fact]
    public void Rows_OverRows_AccumulatesThem()
    {
        var rows = new Reduce { Function = ReduceFunction.Max, OverHeight = true }.Rows(new([Type(3, 2, 4, 1, 0)], Type(1, 2, 4, 1, 0)));
        Assert.Equal((3, true, false), (rows.Steps, rows.Writes(1).IsEmpty, rows.Writes(2).IsEmpty));
    }

    private static OnnxBytes Start() =>
        new OnnxBytes()
            .Input("x", 1, 6, 5, 8)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static OnnxBytes Finish(OnnxBytes model, float scale) =>
        model.Float("o", scale).Zero("p", 3).Node("QuantizeLinear", "f o p", "oq").Node("DequantizeLinear", "oq o p", "y").Output("y");
}
