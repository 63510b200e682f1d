using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Real numbers to each integer type, with and without limits.</summary>
internal sealed class QuantizeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var shape = Shape();
            yield return Case(
                new Quantize { Clamp = i % 4 < 2 ? Clamp.None : new(0, 1) },
                new([new(shape, ElementType.Float32)], Any(KernelTypes.Integers[i % 3], shape)),
                Calling.SplitColumns
            );
        }
    }
}

public sealed class QuantizeTests
{
    [Fact]
    public void Evaluate_Ties_RoundToEvenThenSaturate()
    {
        var input = new TensorData(new(new(1, 1, 5), ElementType.Float32));
        new[] { 0.25f, 0.75f, float.NaN, float.PositiveInfinity, -1e9f }.CopyTo(input.Float32);
        Assert.Equal([1, 3, 1, 127, -128], Evaluate(new Quantize(), Type(1, 1, 5, 0.5f, 1), input));
    }
}
