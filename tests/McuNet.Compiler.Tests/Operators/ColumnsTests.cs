using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Ranges of columns of every element type, in place too, and any number of parts put together.</summary>
internal sealed class ColumnsCases(Random random, KernelTarget target) : OperatorCases(random, target)
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
        for (var i = 0; i < 12; i++)
        {
            var type = Int8(Shape());
            var parts = Enumerable.Range(0, 1 + Random.Next(5)).Select(_ => type with { Shape = type.Shape with { Width = 1 + Random.Next(6) } }).ToArray();
            var join = new JoinColumns();
            yield return Case(join, new([.. parts], type with { Shape = join.InferShape([.. parts.Select(p => p.Shape)]) }), Calling.SplitColumns);
        }
    }
}

public sealed class ColumnsTests
{
    private static readonly QuantizationParameters Scale = new(0.5f, 0);

    [Fact]
    public void SliceColumns_MiddleOfTwoRows_ByHand()
    {
        var (from, to) = (new TensorType(new(2, 4, 1), ElementType.Int8, Scale), new TensorType(new(2, 2, 1), ElementType.Int8, Scale));
        var result = new TensorData(to);
        new SliceColumns { Columns = new(1, 3) }.Evaluate(new([from], to), [new(from, [1, 2, 3, 4, 5, 6, 7, 8])], result);
        Assert.Equal([2, 3, 6, 7], result.Bytes);
    }

    [Fact]
    public void JoinColumns_OneAndTwoColumns_ByHand()
    {
        TensorType Type(int width) => new(new(2, width, 1), ElementType.Int8, Scale);
        var result = new TensorData(Type(3));
        new JoinColumns().Evaluate(new([Type(1), Type(2)], Type(3)), [new(Type(1), [1, 2]), new(Type(2), [3, 4, 5, 6])], result);
        Assert.Equal([1, 3, 4, 2, 5, 6], result.Bytes);
    }

    [Fact]
    public void Redelivery_Rows_KeepNothingAndReadNothing()
    {
        var type = new TensorType(new(5, 4, 1), ElementType.Int8, Scale);
        var rows = new Redelivery().Rows(new([type], type));
        Assert.True(rows.Reads(0, 2).IsEmpty);
        Assert.Equal(5, rows.Reads(0, 2).Begin);
        Assert.Equal(new RowRange(2, 3), rows.Writes(2));
    }
}
