using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Each integer type to real numbers.</summary>
internal sealed class DequantizeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var shape = Shape();
            yield return Case(
                new Dequantize(),
                new([Any(KernelTypes.Integers[i % 3], shape)], new(shape, ElementType.Float32)),
                Calling.SplitColumns
            );
        }
    }
}

public sealed class DequantizeTests
{
    [Fact]
    public void Evaluate_Integers_GivesWhatTheyStandFor()
    {
        var types = new NodeTypes([Type(1, 1, 3, 0.5f, 1)], new(new(1, 1, 3), ElementType.Float32));
        var output = new TensorData(types.Output);
        new Dequantize().Evaluate(types, [Data(types.Input, -128, 1, 127)], output);
        Assert.Equal([-64.5f, 0, 63], output.Float32.ToArray());
    }
}
