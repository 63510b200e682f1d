using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Numbers of any size.</summary>
internal sealed class NarrowCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var shape = Shape();
            yield return Case(
                new Narrow(),
                new([new(shape, ElementType.Int32)], Real(shape)),
                i % 2 == 0 ? Calling.SplitColumns : Calling.Joined
            );
        }
    }
}

public sealed class NarrowTests
{
    /// <summary>2^24 + 1 has no float32 of its own.</summary>
    [Fact]
    public void Evaluate_Numbers_AreTheNearestReals()
    {
        var (input, output) = (
            new TensorData(new(new(1, 1, 3), ElementType.Int32)),
            new TensorData(new(new(1, 1, 3), ElementType.Float32))
        );
        (input[0], input[1], input[2]) = (-7, 16777217, int.MinValue);
        new Narrow().Evaluate(new([input.Type], output.Type), [input], output);
        Assert.Equal([-7, 16777216, -2147483648f], output.Float32.ToArray());
    }

    [OnnxRuntimeTheory]
    [InlineData("Add", "a b", OnnxType.Int64)]
    [InlineData("Div", "a seven", OnnxType.Int64)]
    [InlineData("Div", "a b", OnnxType.Int32)]
    [InlineData("Mod", "a seven", OnnxType.Int64)]
    [InlineData("Mod", "seven b", OnnxType.Int32)]
    [InlineData("Mul", "a b", OnnxType.Int32)]
    [InlineData("Max", "a b", OnnxType.Int64)]
    public void Evaluate_WholeNumbers_EqualOnnxRuntime(string function, string operands, OnnxType type) =>
        WholeOracle.Same(
            Seven(
                    new OnnxBytes { Opset = 16 }
                        .Input("a", type, 1, 6)
                        .Input("b", type, 1, 6),
                    type
                )
                .Node(function, operands, "y")
                .Output("y", type, 1, 6),
            4,
            -9,
            -1
        );

    /// <summary>Casts between numbers, truth values and real numbers, to the types that an output may have.</summary>
    [OnnxRuntimeTheory]
    [InlineData(OnnxType.Float, OnnxType.Int64)]
    [InlineData(OnnxType.Float, OnnxType.Bool)]
    [InlineData(OnnxType.Int32, OnnxType.Float)]
    [InlineData(OnnxType.Int64, OnnxType.Bool)]
    [InlineData(OnnxType.Bool, OnnxType.Float)]
    [InlineData(OnnxType.Bool, OnnxType.Int64)]
    [InlineData(OnnxType.UInt8, OnnxType.Float)]
    [InlineData(OnnxType.Int8, OnnxType.Float)]
    [InlineData(OnnxType.Int64, OnnxType.Int32)]
    public void Evaluate_Casts_EqualOnnxRuntime(OnnxType from, OnnxType to) =>
        WholeOracle.Same(
            new OnnxBytes { Opset = 16 }
                .Input("x", from, 1, 3, 4)
                .Node("Cast", "x", "y", ("to", (int)to))
                .Output("y", to, 1, 3, 4),
            5,
            -4,
            5
        );

    private static OnnxBytes Seven(OnnxBytes model, OnnxType type) =>
        type == OnnxType.Int64 ? model.Tensor("seven", type, [1], 7L) : model.Tensor("seven", type, [1], 7);
}
