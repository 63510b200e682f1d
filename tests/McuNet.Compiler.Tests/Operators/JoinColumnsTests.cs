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

/// <summary>Any number of parts put together.</summary>
internal sealed class JoinColumnsCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 12; i++)
        {
            var type = Int8(Shape());
            var parts = Enumerable.Range(0, 1 + Random.Next(5)).Select(_ => type with { Shape = type.Shape with { Width = 1 + Random.Next(6) } }).ToArray();
            var join = new JoinColumns();
            yield return Case(join, new([.. parts], type with { Shape = join.InferShape([.. parts.Select(p => p.Shape)]) }), Calling.SplitColumns);
        }
    }
}

public sealed class JoinColumnsTests
{
    [Fact]
    public void Evaluate_OneAndTwoColumns_ByHand() =>
        Assert.Equal([1, 3, 4, 2, 5, 6], Evaluate(new JoinColumns(), Type(2, 3, 1, 0.5f, 0), Data(Type(2, 1, 1, 0.5f, 0), 1, 2), Data(Type(2, 2, 1, 0.5f, 0), 3, 4, 5, 6)));
}
