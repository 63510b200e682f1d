using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Axes cut into factors and put together in any order; blocks of pixels turned into channels and back, by rows.</summary>
internal sealed class PermuteCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 30; i++)
        {
            var (rows, columns, channels) = (Factors(2), Factors(2), Factors(3));
            var input = new TensorShape(
                rows.Aggregate(1, (a, b) => a * b),
                columns.Aggregate(1, (a, b) => a * b),
                channels.Aggregate(1, (a, b) => a * b)
            );
            var loops = new List<MoveLoop>();
            var stride = 1;
            foreach (var factor in channels.Concat(columns).Concat(rows))
            {
                loops.Insert(0, new(factor, stride));
                stride *= factor;
            }

            var order = loops.OrderBy(_ => Random.Next()).ToArray();
            var (first, second) = (Random.Next(order.Length + 1), Random.Next(order.Length + 1));
            var shape = new TensorShape(
                Product(order[..Math.Min(first, second)]),
                Product(order[Math.Min(first, second)..Math.Max(first, second)]),
                Product(order[Math.Max(first, second)..])
            );
            yield return Case(new() { Shape = shape, Loops = [.. order] }, Any(KernelTypes.Activations[i % 4], input));
        }

        for (var block = 2; block <= 3; block++)
        {
            yield return Case(RandomMoves.ToPixels(new(2, 3, 4 * block * block), block), Int8(new(2, 3, 4 * block * block)));
            yield return Case(RandomMoves.ToPixels(new(2, 3, block * block), block), new(new(2, 3, block * block), ElementType.Float32));
            yield return Case(RandomMoves.ToChannels(new(2 * block, 2 * block, 5), block), Int8(new(2 * block, 2 * block, 5)));
        }
    }

    private int[] Factors(int count) => [.. Enumerable.Range(0, 1 + Random.Next(count)).Select(_ => 1 + Random.Next(4))];

    private static int Product(MoveLoop[] loops) => loops.Aggregate(1, (product, loop) => product * loop.Count);

    private KernelCase Case(Permute op, TensorType input) => Case(op, new([input], input with { Shape = op.Shape }), Calling.SplitColumns);
}

public sealed class PermuteTests
{
    [Fact]
    public void Evaluate_Transposition_ByHand() =>
        Assert.Equal(
            [1, 4, 2, 5, 3, 6],
            Evaluate(
                new Permute { Shape = new(3, 2, 1), Loops = [new(3, 1), new(2, 3)] },
                Type(3, 2, 1, 0.5f, 0),
                Data(Type(2, 3, 1, 0.5f, 0), 1, 2, 3, 4, 5, 6)
            )
        );

    [Fact]
    public void Rows_OfBlocksTurnedIntoPixels_AreMadeOfOneRow()
    {
        var rows = RandomMoves.ToPixels(new(2, 3, 8), 2).Rows(new([Type(2, 3, 8, 1, 0)], Type(4, 6, 2, 1, 0)));
        Assert.Equal([0, 0, 1, 1], Enumerable.Range(0, rows.Steps).Select(s => rows.Reads(0, s).Begin));
    }

    [Fact]
    public void Rows_OfBlocksTurnedIntoChannels_ReadTheRowsOfABlock()
    {
        var rows = RandomMoves.ToChannels(new(4, 4, 2), 2).Rows(new([Type(4, 4, 2, 1, 0)], Type(2, 2, 8, 1, 0)));
        Assert.Equal([new RowRange(0, 2), new RowRange(2, 4)], Enumerable.Range(0, rows.Steps).Select(s => rows.Reads(0, s)));
    }

    [Fact]
    public void Rows_OfATransposition_AreAll() =>
        Assert.IsType<AllRows>(
            new Permute { Shape = new(3, 2, 1), Loops = [new(3, 1), new(2, 3)] }.Rows(new([Type(2, 3, 1, 1, 0)], Type(3, 2, 1, 1, 0)))
        );
}
