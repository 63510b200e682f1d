using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Both rules of rounding, in all ways of calling, and sums on ties.</summary>
internal sealed class AddCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            var clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu;
            var types = new NodeTypes([Int8(shape), Int8(shape)], Int8(shape));
            yield return Case(new Add { Clamp = clamp, Rounding = (AddRounding)(i / 2 % 2) }, types, (Calling)(i % 3));
        }

        var ties = new TensorShape(1, 256, 2);
        var halved = new NodeTypes([Int8(ties, 0.5f, 3), Int8(ties, 0.5f, -7)], Int8(ties, 1f, 5));
        foreach (var rounding in Enum.GetValues<AddRounding>())
        {
            yield return Case(new Add { Rounding = rounding }, halved, Calling.SplitColumns);
            yield return Case(new Add { Rounding = rounding, Clamp = Clamp.Relu }, halved, Calling.InPlace);
        }

        for (var i = 0; i < 6; i++)
        {
            var shape = Shape();
            yield return Case(
                new Add { Clamp = i % 2 == 0 ? Clamp.None : new(0, 6) },
                new([Real(shape), Real(shape)], Real(shape)),
                (Calling)(i % 3)
            );
        }
    }
}

public sealed class AddTests
{
    [Fact]
    public void Evaluate_DifferentScales_AddsRealValues() =>
        Assert.Equal(
            [-128, 3, 9, 127],
            Evaluate(
                new Add(),
                Type(1, 4, 1, 0.5f, 1),
                Data(Type(1, 4, 1, 0.25f, 0), -128, 4, 8, 127),
                Data(Type(1, 4, 1, 1, 10), -100, 10, 12, 100)
            )
        );

    /// <summary>Sums of 0.5, 1.5, 2.5 and -0.5 steps beside a zero point of 1.</summary>
    [Theory]
    [InlineData(AddRounding.BeforeZeroPoint, new[] { 1, 3, 3, 1 })]
    [InlineData(AddRounding.WithZeroPoint, new[] { 2, 2, 4, 0 })]
    public void Evaluate_TiesBesideAnOddZeroPoint_RoundsAsTheRuleSays(AddRounding rounding, int[] expected) =>
        Assert.Equal(
            expected,
            Evaluate(
                new Add { Rounding = rounding },
                Type(1, 4, 1, 1, 1),
                Data(Type(1, 4, 1, 0.5f, 0), 1, 3, 5, -1),
                Data(Type(1, 4, 1, 0.5f, 0), 0, 0, 0, 0)
            )
        );

    /// <summary>The zero point added in float32 would lose the fraction: 12.500003 less 128 is -115.5, a tie.</summary>
    [Fact]
    public void Evaluate_SumJustAboveATie_IsRoundedUpWhateverTheZeroPoint()
    {
        var (scale, step) = (12.500003f, 1f);
        Assert.Equal(
            [13 - 128],
            Evaluate(new Add(), Type(1, 1, 1, step, -128), Data(Type(1, 1, 1, scale, 0), 1), Data(Type(1, 1, 1, 1, 0), 0))
        );
    }

    /// <summary>Without optimisation ONNX Runtime adds real numbers, on ties too.</summary>
    [OnnxRuntimeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_RandomScalesAndZeroPoints_EqualsOnnxRuntimeOnReals(bool ties)
    {
        for (var seed = 0; seed < 12; seed++)
            Assert.Equal(new OnnxDifference(3072, 0, 0), OnnxOracle.Compare(Sum(new(seed), ties), seed, OnnxOptimisation.Disabled));
    }

    /// <summary>Optimised, this graph becomes QLinearAdd, which rounds with the zero point: the same away from ties.</summary>
    [OnnxRuntimeFact]
    public void Evaluate_RandomScalesAndZeroPoints_EqualsOnnxRuntimeFused()
    {
        for (var seed = 0; seed < 12; seed++)
            Assert.Equal(new OnnxDifference(3072, 0, 0), OnnxOracle.Compare(Sum(new(seed), false), seed));
    }

    /// <param name="ties">Scales are powers of two, and many sums lie half-way between two steps.</param>
    private static OnnxBytes Sum(Random random, bool ties)
    {
        float Scale() => ties ? MathF.Pow(2, random.Next(-8, -3)) : (float)(0.003 + random.NextDouble() * 0.07);
        sbyte Zero() => (sbyte)random.Next(-128, 128);
        return new OnnxBytes()
            .Input("x", 1, 3, 32, 32)
            .Input("x2", 1, 3, 32, 32)
            .Float("a", Scale())
            .Zero("az", Zero())
            .Float("b", Scale())
            .Zero("bz", Zero())
            .Float("y", Scale() * 1.5f)
            .Zero("yz", Zero())
            .Node("QuantizeLinear", "x a az", "qa")
            .Node("DequantizeLinear", "qa a az", "da")
            .Node("QuantizeLinear", "x2 b bz", "qb")
            .Node("DequantizeLinear", "qb b bz", "db")
            .Node("Add", "da db", "s")
            .Node("QuantizeLinear", "s y yz", "sq")
            .Node("DequantizeLinear", "sq y yz", "out")
            .Output("out");
    }
}
