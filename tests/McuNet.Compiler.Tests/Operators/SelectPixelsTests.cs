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

/// <summary>Ranges of columns of every element type, in place too; rows and columns in any order.</summary>
internal sealed class SelectPixelsCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var shape = Shape();
            var begin = Random.Next(shape.Width);
            var range = SelectPixels.Columns(new(begin, begin + 1 + Random.Next(shape.Width - begin)), shape.Height);
            yield return Select(range, Any((ElementType)(i % 2), shape), i % 2 == 0 ? Calling.SplitColumns : Calling.InPlace);
            yield return Select(
                new() { RowSource = Sources(shape.Height), ColumnSource = Sources(shape.Width) },
                Any(KernelTypes.Activations[i % 4], shape),
                Calling.SplitColumns
            );
        }

        yield return Select(
            new() { RowSource = [0, 0, 1, 1, 2, 2], ColumnSource = [0, 0, 1, 1] },
            Int8(new(3, 2, 19)),
            Calling.SplitColumns
        );
        yield return Select(new() { RowSource = [4, 3, 2, 1, 0], ColumnSource = [0, 1] }, Int8(new(5, 2, 3)), Calling.SplitColumns);
    }

    private System.Collections.Immutable.ImmutableArray<int> Sources(int size) =>
        [.. Enumerable.Range(0, 1 + Random.Next(9)).Select(_ => Random.Next(size))];

    private KernelCase Select(SelectPixels op, TensorType input, Calling calling) =>
        Case(op, new NodeTypes([input], input with { Shape = op.InferShape([input.Shape]) }), calling);
}

public sealed class SelectPixelsTests
{
    [Fact]
    public void Evaluate_Doubling_RepeatsPixels() =>
        Assert.Equal(
            [1, 1, 2, 2, 1, 1, 2, 2],
            Evaluate(
                new SelectPixels { RowSource = [0, 0], ColumnSource = [0, 0, 1, 1] },
                Type(2, 4, 1, 1, 0),
                Data(Type(1, 2, 1, 1, 0), 1, 2)
            )
        );

    [Fact]
    public void Evaluate_MiddleOfTwoRows_ByHand() =>
        Assert.Equal(
            [2, 3, 6, 7],
            Evaluate(SelectPixels.Columns(new(1, 3), 2), Type(2, 2, 1, 0.5f, 0), Data(Type(2, 4, 1, 0.5f, 0), 1, 2, 3, 4, 5, 6, 7, 8))
        );

    [Fact]
    public void Rows_OfAReflection_StayForAsLongAsTheyAreReadAgain()
    {
        var rows = new MappedRows([2, 1, 0, 1, 2, 3, 2]);
        Assert.Equal(
            [(0, 3), (0, 3), (0, 3), (1, 3), (2, 3), (2, 4), (2, 4)],
            Enumerable.Range(0, rows.Steps).Select(s => (rows.Reads(0, s).Begin, rows.Reads(0, s).End))
        );
    }
}
