using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Over rows, over columns and over both.</summary>
internal sealed class MeanCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 9; i++)
        {
            var mean = new Mean
            {
                OverHeight = i % 3 != 0,
                OverWidth = i % 3 != 1,
                Clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu,
            };
            var source = Int8(Shape());
            yield return Case(mean, new([source], Int8(mean.InferShape([source.Shape]), source.Scale * 0.4f)), Calling.SplitColumns);
        }

        for (var i = 0; i < 9; i++)
        {
            var mean = new Mean
            {
                OverHeight = i % 3 != 0,
                OverWidth = i % 3 != 1,
                Clamp = i % 2 == 0 ? Clamp.None : Clamp.Relu,
            };
            var shape = Shape();
            yield return Case(mean, new([Real(shape)], Real(mean.InferShape([shape]))), Calling.SplitColumns);
        }
    }
}

public sealed class MeanTests
{
    [Fact]
    public void Evaluate_OverColumns_KeepsRows() =>
        Assert.Equal(
            [4, 30],
            Evaluate(new Mean { OverHeight = false, OverWidth = true }, Type(2, 1, 1, 0.5f, 0), Data(Type(2, 2, 1, 1, 0), 1, 3, 10, 20))
        );

    [Fact]
    public void Rows_OverRows_AccumulatesAndCompletesTheOnlyRowLast()
    {
        var rows = new Mean { OverHeight = true, OverWidth = true }.Rows(new([Type(3, 2, 4, 1, 0)], Type(1, 1, 4, 1, 0)));
        Assert.Equal((3, RowRange.Empty, new RowRange(0, 1)), (rows.Steps, rows.Writes(1), rows.Writes(2)));
    }
}
