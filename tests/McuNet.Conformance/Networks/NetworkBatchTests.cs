using System;
using System.Linq;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>The batch's own judgement: a wrong byte is found, and the network at fault named.</summary>
public sealed class NetworkBatchTests
{
    private static readonly NetworkBatch Batch = new([.. Enumerable.Range(3, 8).Select(seed => RandomCase.Create(seed, "stm32l4r5"))]);

    [Fact]
    public void Differences_ReferenceOutputs_None() => Assert.Empty(Batch.Differences(Batch.Expected));

    [Fact]
    public void Cases_FirstInput_ComesTwice() => Assert.Equal(Batch.Cases[0], Batch.Cases[^1]);

    [Fact]
    public void Differences_OneWrongByte_NameSeedCaseAndPlace()
    {
        var outputs = Batch.Expected.Cases[1].Length;
        var found = Enumerable.Range(0, outputs).Select(o => Assert.Single(Batch.Differences(Wrong(1, o)))).ToArray();
        Assert.All(
            Batch.Networks,
            n => Assert.Contains(found, f => f.StartsWith($"seed {n.Seed}, case 1, output 0: 1 of ", StringComparison.Ordinal))
        );
        Assert.Contains(found, f => f.Contains("memory past the arena: 1 of 16", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("streamed input: 1 of ", StringComparison.Ordinal));
    }

    private static Outputs Wrong(int @case, int output)
    {
        var right = Batch.Expected.Cases;
        byte[] wrong = [(byte)(right[@case][output][0] ^ 1), .. right[@case][output].Skip(1)];
        return new Outputs(right.SetItem(@case, right[@case].SetItem(output, wrong)));
    }
}
