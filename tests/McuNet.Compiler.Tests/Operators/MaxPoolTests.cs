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
internal sealed class MaxPoolCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 16; i++)
        {
            var (window, input) = Windowed(1 + i % 2);
            var pool = new MaxPool { Window = window };
            var source = Int8(input);
            yield return Case(pool, new([source], source with { Shape = pool.InferShape([input]) }), Calling.SplitColumns);
        }

        for (var i = 0; i < 8; i++)
        {
            var (window, input) = Windowed(1 + i % 2);
            var pool = new MaxPool { Window = window };
            yield return Case(pool, new([Real(input)], Real(pool.InferShape([input]))), Calling.SplitColumns);
        }
    }
}

public sealed class MaxPoolTests
{
    [Fact]
    public void Evaluate_NegativeValues_PaddingNeverWins() =>
        Assert.Equal(
            [-7, -5, -5],
            Evaluate(
                new MaxPool
                {
                    Window = new()
                    {
                        KernelHeight = 1,
                        KernelWidth = 2,
                        PadLeft = 1,
                    },
                },
                Type(1, 3, 1, 1, 0),
                Data(Type(1, 3, 1, 1, 0), -7, -5, -9)
            )
        );
}
