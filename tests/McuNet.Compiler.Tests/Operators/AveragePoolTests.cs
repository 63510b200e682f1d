using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Windows with padding, strides and dilation.</summary>
internal sealed class AveragePoolCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 16; i++)
        {
            var (window, input) = Windowed(1 + i % 2);
            var pool = new AveragePool
            {
                Window = window,
                CountPadding = i % 4 == 0,
                Clamp = i % 3 == 0 ? Clamp.Relu : Clamp.None,
            };
            var source = Int8(input);
            yield return Case(pool, new([source], Int8(pool.InferShape([input]), source.Scale * 0.7f)), Calling.SplitColumns);
        }

        for (var i = 0; i < 8; i++)
        {
            var (window, input) = Windowed(1 + i % 2);
            var pool = new AveragePool
            {
                Window = window,
                CountPadding = i % 4 == 0,
                Clamp = i % 3 == 0 ? Clamp.Relu : Clamp.None,
            };
            yield return Case(pool, new([Real(input)], Real(pool.InferShape([input]))), Calling.SplitColumns);
        }
    }
}

public sealed class AveragePoolTests
{
    [Fact]
    public void Evaluate_Border_CountsOnlyWhatIsInside()
    {
        var pool = new AveragePool
        {
            Window = new()
            {
                KernelHeight = 1,
                KernelWidth = 2,
                PadLeft = 1,
            },
        };
        var input = Data(Type(1, 3, 1, 1, 0), 10, 20, 31);
        Assert.Equal([10, 15, 26], Evaluate(pool, Type(1, 3, 1, 1, 0), input));
        Assert.Equal([5, 15, 26], Evaluate(pool with { CountPadding = true }, Type(1, 3, 1, 1, 0), input));
    }
}
