using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Between every two integer types, in place too.</summary>
internal sealed class RescaleCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            var types = new NodeTypes([Any(KernelTypes.Bytes[i % 2], shape)], Any(KernelTypes.Bytes[i / 2 % 2], shape));
            yield return Case(new Rescale { Clamp = i % 3 == 0 ? Clamp.None : new(0, 1) }, types, (Calling)(i % 3));
        }
    }
}

public sealed class RescaleTests
{
    [Fact]
    public void Evaluate_UnsignedToSigned_ShiftsBy128() =>
        Assert.Equal(
            [-128, 0, 127],
            Evaluate(new Rescale(), Type(1, 3, 1, 0.3f, -78), Data(Type(1, 3, 1, 0.3f, 50, ElementType.UInt8), 0, 128, 255))
        );

    [Theory]
    [InlineData(1, 0.5f, 0)]
    [InlineData(3, 0.5f, 2)]
    [InlineData(5, 0.5f, 2)]
    [InlineData(-1, 0.5f, 0)]
    [InlineData(-3, 0.5f, -2)]
    [InlineData(1000, 0.5f, 127)]
    [InlineData(int.MinValue, 1f, -128)]
    public void Arithmetic_Ties_RoundToEvenThenSaturate(int acc, float scale, int expected) =>
        Assert.Equal(expected, Arithmetic.Requantize(acc, scale, 0, (-128, 127)));
}
