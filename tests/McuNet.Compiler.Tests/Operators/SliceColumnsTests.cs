using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Ranges of columns of every element type, in place too.</summary>
internal sealed class SliceColumnsCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var shape = Shape();
            var begin = Random.Next(shape.Width);
            var slice = new SliceColumns { Columns = new(begin, begin + 1 + Random.Next(shape.Width - begin)) };
            var type = i % 3 == 0 ? new(shape, ElementType.Float32) : Int8(shape) with { Element = i % 3 == 1 ? ElementType.Int8 : ElementType.UInt8 };
            yield return Case(slice, new([type], type with { Shape = slice.InferShape([shape]) }), i % 2 == 0 ? Calling.SplitColumns : Calling.InPlace);
        }
    }
}

public sealed class SliceColumnsTests
{
    [Fact]
    public void Evaluate_MiddleOfTwoRows_ByHand() =>
        Assert.Equal([2, 3, 6, 7], Evaluate(new SliceColumns { Columns = new(1, 3) }, Type(2, 2, 1, 0.5f, 0), Data(Type(2, 4, 1, 0.5f, 0), 1, 2, 3, 4, 5, 6, 7, 8)));
}
