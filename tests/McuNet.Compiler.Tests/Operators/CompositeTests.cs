using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>SiLU with a rounding between its operators and without, in all ways of calling.</summary>
internal sealed class CompositeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        foreach (var calling in new[] { Calling.SplitColumns, Calling.Joined, Calling.InPlace })
        {
            var shape = Shape();
            yield return Case(Silu(Int8(shape, 1f / 256, -128)), new([Int8(shape)], Int8(shape)), calling);
            yield return Case(Silu(Real(shape)), new([Int8(shape)], Int8(shape)), calling);
        }
    }

    /// <param name="gate">What the sigmoid is between the two: an integer, or a real number, with which x is multiplied as one too.</param>
    public static Composite Silu(TensorType gate)
    {
        var real = new TensorType(gate.Shape, ElementType.Float32);
        return gate.IsQuantized
            ? new() { Steps = [new(new Lookup { Function = new UnaryFunction.Sigmoid() }, [0], gate), new(new Mul(), [0, 1], gate)] }
            : new()
            {
                Steps =
                [
                    new(new Dequantize(), [0], real),
                    new(new Lookup { Function = new UnaryFunction.Sigmoid() }, [1], real),
                    new(new Mul(), [1, 2], real),
                    new(new Quantize(), [3], real),
                ],
            };
    }
}

public sealed class CompositeTests
{
    private static readonly TensorType Input = Type(1, 1, 256, 0.05f, 3);
    private static readonly TensorType Output = Type(1, 1, 256, 0.03f, -100);

    [Fact]
    public void Evaluate_Steps_GiveWhatTheyGiveOneAfterTheOther()
    {
        var gate = Type(1, 1, 256, 1f / 256, -128);
        var x = Data(Input, [.. Enumerable.Range(-128, 256)]);
        var sigmoid = Run(new Lookup { Function = new UnaryFunction.Sigmoid() }, gate, x);
        var expected = Evaluate(new Mul(), Output, x, sigmoid);
        Assert.Equal(expected, Evaluate(CompositeCases.Silu(gate), Output, x));
        Assert.True(expected.Distinct().Count() > 50);
    }

    [Fact]
    public void Evaluate_StepsBetweenRealNumbers_AreWithinAStepOfTheFormula()
    {
        var x = Data(Input, [.. Enumerable.Range(-128, 256)]);
        var result = Evaluate(CompositeCases.Silu(new(Input.Shape, ElementType.Float32)), Output, x);
        for (var i = 0; i < 256; i++)
        {
            var real = (i - 128 - 3) * 0.05;
            var steps = real / (1 + Math.Exp(-real)) / 0.03 - 100;
            Assert.InRange(result[i], Math.Max(-128, Math.Min(127, steps)) - 0.51, Math.Max(-128, Math.Min(127, steps)) + 0.51);
        }
    }

    [Fact]
    public void EvaluateReals_Steps_DoNotRound()
    {
        var gate = Type(1, 1, 2, 0.5f, 0);
        var result = new double[2];
        CompositeCases
            .Silu(gate)
            .EvaluateReals(
                new([gate], gate),
                [
                    [1.25, -3],
                ],
                result
            );
        Assert.Equal([1.25 / (1 + Math.Exp(-1.25)), -3 / (1 + Math.Exp(3))], result.Select(r => r), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Equals_SameSteps_AreOneOperator()
    {
        var gate = Type(1, 1, 1, 0.5f, 0);
        Assert.Equal(CompositeCases.Silu(gate), CompositeCases.Silu(gate));
        Assert.NotEqual(CompositeCases.Silu(gate), CompositeCases.Silu(gate with { Quantization = new(0.25f, 0) }));
    }

    [Fact]
    public void Kind_Steps_NamesWhatIsNoConversion() =>
        Assert.Equal("Sigmoid+Mul", CompositeCases.Silu(new(Input.Shape, ElementType.Float32)).Kind);
}
