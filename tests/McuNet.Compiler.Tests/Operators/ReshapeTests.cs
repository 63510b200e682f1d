using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Every element type.</summary>
internal sealed class ReshapeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        foreach (var element in new[] { ElementType.Int8, ElementType.UInt8, ElementType.Float32 })
        {
            var source = Any(element, new(3, 4, 5));
            yield return Case(
                new Reshape { Shape = TensorShape.Vector(60) },
                new([source], source with { Shape = TensorShape.Vector(60) }),
                Calling.SplitColumns
            );
        }
    }
}

public sealed class ReshapeTests
{
    [Fact]
    public void Evaluate_BoxToVector_KeepsTheOrderOfRowsColumnsAndChannels() =>
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8],
            Evaluate(new Reshape { Shape = TensorShape.Vector(8) }, Type(1, 1, 8, 1, 0), Data(Type(2, 2, 2, 1, 0), 1, 2, 3, 4, 5, 6, 7, 8))
        );
}
