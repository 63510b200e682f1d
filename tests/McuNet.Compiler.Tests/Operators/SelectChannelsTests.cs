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

/// <summary>Ranges of channels of every element type, in place too; channels in any order.</summary>
internal sealed class SelectChannelsCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 24; i++)
        {
            var shape = Shape() with { Channels = 1 + Random.Next(i % 4 == 3 ? 40 : 12) };
            var begin = Random.Next(shape.Channels);
            var range = new SelectChannels { Source = [.. Enumerable.Range(begin, 1 + Random.Next(shape.Channels - begin))] };
            yield return Select(range, Any((ElementType)(i % 2), shape), i % 2 == 0 ? Calling.SplitColumns : Calling.InPlace);
            var chosen = new SelectChannels
            {
                Source = [.. Enumerable.Range(0, 1 + Random.Next(9)).Select(_ => Random.Next(shape.Channels))],
            };
            yield return Select(chosen, Any(KernelTypes.Activations[i % 4], shape), Calling.SplitColumns);
        }
    }

    private KernelCase Select(SelectChannels op, TensorType input, Calling calling) =>
        Case(op, new NodeTypes([input], input with { Shape = op.InferShape([input.Shape]) }), calling);
}

public sealed class SelectChannelsTests
{
    [Fact]
    public void Evaluate_TwoGroupsShuffled_ByHand() =>
        Assert.Equal(
            [1, 3, 2, 4, 5, 7, 6, 8],
            Evaluate(
                new SelectChannels { Source = [0, 2, 1, 3] },
                Type(1, 2, 4, 0.5f, 0),
                Data(Type(1, 2, 4, 0.5f, 0), 1, 2, 3, 4, 5, 6, 7, 8)
            )
        );
}
