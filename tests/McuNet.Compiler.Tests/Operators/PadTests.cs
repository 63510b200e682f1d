using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Margins on any axis of every element type, fills that saturate and infinite ones.</summary>
internal sealed class PadCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var (input, channels) = (Any(KernelTypes.Activations[i % 4], Shape()), i % 2);
            var pad = new Pad
            {
                Margins = new(
                    Random.Next(3),
                    Random.Next(4),
                    Random.Next(3),
                    Random.Next(4),
                    channels * Random.Next(4),
                    channels * Random.Next(4)
                ),
                Fill = (i % 4) switch
                {
                    0 => 0,
                    1 => float.NegativeInfinity,
                    2 => 1000,
                    _ => (float)Random.NextDouble() - 0.5f,
                },
            };
            yield return Case(pad, new([input], input with { Shape = pad.InferShape([input.Shape]) }), Calling.SplitColumns);
        }
    }
}

public sealed class PadTests
{
    [Fact]
    public void Evaluate_RowsAndColumns_ByHand() =>
        Assert.Equal(
            [6, 6, 6, 6, 1, 2],
            Evaluate(new Pad { Margins = new(1, 1, 0, 0, 0, 0), Fill = 2.6f }, Type(2, 3, 1, 0.5f, 1), Data(Type(1, 2, 1, 0.5f, 1), 1, 2))
        );

    [Fact]
    public void Evaluate_Channels_ByHand() =>
        Assert.Equal(
            [0, 1, 2, 0, 0, 3, 4, 0],
            Evaluate(
                new Pad { Margins = new(0, 0, 0, 0, 1, 1), Fill = 0 },
                Type(1, 2, 4, 0.5f, 0),
                Data(Type(1, 2, 2, 0.5f, 0), 1, 2, 3, 4)
            )
        );

    [Theory]
    [InlineData(1.5f, true)]
    [InlineData(1.6f, false)]
    [InlineData(1000f, false)]
    [InlineData(float.NegativeInfinity, false)]
    public void IsExact_OfHalves_HoldsForHalvesInRange(float fill, bool exact) =>
        Assert.Equal(exact, new Pad { Margins = default, Fill = fill }.IsExact(Type(1, 1, 1, 0.5f, 3)));
}
