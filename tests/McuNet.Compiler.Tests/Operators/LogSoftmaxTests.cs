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

/// <summary>Rows of up to 40 channels.</summary>
internal sealed class LogSoftmaxCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var source = Int8(new(1 + Random.Next(3), 1 + Random.Next(3), 1 + Random.Next(40)), (float)(0.01 + Random.NextDouble() * 0.2));
            yield return Case(new LogSoftmax(), new([source], new(source.Shape, ElementType.Float32)), Calling.SplitColumns);
        }

        for (var i = 0; i < 6; i++)
        {
            var shape = new TensorShape(1 + Random.Next(3), 1 + Random.Next(3), 1 + Random.Next(20));
            yield return Case(new LogSoftmax(), new([Real(shape)], Real(shape)), Calling.SplitColumns);
        }
    }
}

public sealed class LogSoftmaxTests
{
    [Fact]
    public void Evaluate_RandomLogits_IsWithinOneInAHundredThousand()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            var values = Values(random, 12);
            var output = new TensorType(new(1, 1, 12), ElementType.Float32);
            var actual = Run(new LogSoftmax(), output, Data(Type(1, 1, 12, 0.2f, 4), values));
            var logarithm = Math.Log(values.Sum(v => Math.Exp(v * 0.2f)));
            for (var c = 0; c < 12; c++)
                Assert.Equal(values[c] * 0.2f - logarithm, actual.Float32[c], 1e-5);
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1.0000001f)]
    [InlineData(1.9999999f)]
    [InlineData(2f)]
    [InlineData(9.75f)]
    [InlineData(1001f)]
    public void Logarithm_AnySum_IsWithinTwoMillionths(float sum) => Assert.Equal(Math.Log(sum), LogSoftmax.Logarithm(sum), 2e-6);
}
