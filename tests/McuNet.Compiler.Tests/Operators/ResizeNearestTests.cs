using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Rows and columns that repeat unevenly, and a factor of two.</summary>
internal sealed class ResizeNearestCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        foreach (var resize in new[] { new ResizeNearest { RowSource = [0, 0, 1, 2, 2], ColumnSource = [0, 0, 1, 1, 1] }, new ResizeNearest { RowSource = [0, 0, 1, 1, 2, 2], ColumnSource = [0, 0, 1, 1] } })
        {
            var source = Int8(new(3, 2, 5));
            yield return Case(resize, new([source], source with { Shape = resize.InferShape([source.Shape]) }), Calling.SplitColumns);
        }
    }
}

public sealed class ResizeNearestTests
{
    [Fact]
    public void Evaluate_Doubling_RepeatsPixels() =>
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2], Evaluate(new ResizeNearest { RowSource = [0, 0], ColumnSource = [0, 0, 1, 1] }, Type(2, 4, 1, 1, 0), Data(Type(1, 2, 1, 1, 0), 1, 2)));
}
