using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>In each integer type, in place too.</summary>
internal sealed class ClipCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var type = Any(KernelTypes.Integers[i % 3], Shape());
            yield return Case(new Clip { Clamp = i < 4 ? Clamp.Relu : new(-0.3f, 1) }, new([type], type), (Calling)(i % 3));
        }

        for (var i = 0; i < 3; i++)
        {
            var shape = Shape();
            yield return Case(new Clip { Clamp = i == 0 ? Clamp.Relu : new(-0.3f, 1) }, new([Real(shape)], Real(shape)), (Calling)i);
        }
    }
}

public sealed class ClipTests
{
    [Fact]
    public void Evaluate_Integers_StayBetweenTheRoundedLimits() =>
        Assert.Equal(
            [1, 1, 7],
            Evaluate(new Clip { Clamp = new(0, 3) }, Type(1, 1, 3, 0.5f, 1), Data(Type(1, 1, 3, 0.5f, 1), -128, 1, 127))
        );

    [Fact]
    public void Evaluate_RealNumbers_StayBetweenTheLimits()
    {
        var type = new TensorType(new(1, 1, 3), ElementType.Float32);
        var output = new double[3];
        new Clip { Clamp = new(0, 6) }.EvaluateReals(
            new([type], type),
            [
                [-1, 2, 7],
            ],
            output
        );
        Assert.Equal([0, 2, 6], output);
    }
}
