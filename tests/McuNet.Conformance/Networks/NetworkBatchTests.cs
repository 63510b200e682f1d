using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>The batch's own judgement: a wrong byte is found, and the network at fault named.</summary>
public sealed class NetworkBatchTests
{
    private static readonly NetworkBatch Batch = new([RandomCase.Create(3, "stm32l4r5"), RandomCase.Create(4, "stm32l4r5")]);

    [Fact]
    public void Differences_ReferenceOutputs_None() => Assert.Empty(Batch.Differences(Right()));

    [Fact]
    public void Differences_WrongOutputByte_NamesSeedAndOutput()
    {
        var wrong = Right();
        wrong.Cases[1][0][0] ^= 1;
        Assert.StartsWith("seed 3, input 1, output 0: 1 of ", Assert.Single(Batch.Differences(wrong)));
    }

    [Fact]
    public void Differences_ByteWrittenPastAnArena_NamesSeed()
    {
        var wrong = Right();
        wrong.Cases[0][^1][2] = 0;
        Assert.StartsWith("seed 4, input 0, memory past the arena: 1 of ", Assert.Single(Batch.Differences(wrong)));
    }

    private static Outputs Right() => new(Enumerable.Range(0, RandomCase.InputCount).Select(i => Batch.Networks.SelectMany(n =>
        ReferenceEvaluator.Run(n.Model.Network, [n.Input(i)]).Select(o => o.Bytes).Append(Enumerable.Repeat((byte)0xA5, 16).ToArray())).ToImmutableArray()).ToImmutableArray());
}
