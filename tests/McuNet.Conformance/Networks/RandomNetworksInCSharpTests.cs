using System;
using McuNet.Compiler.Tests.Emit.CSharp;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Random networks under random schedules in generated C#, against the reference evaluator.</summary>
public sealed class RandomNetworksInCSharpTests
{
    [Fact]
    public void CSharp_RandomNetworks_MatchReference()
    {
        var sweep = new Sweep("C#", ["stm32l4r5"], _ => throw new NotSupportedException());
        foreach (var network in sweep.Networks(SweepSize.Other))
        {
            var managed = new ManagedNetwork(network.Model, checkOverflow: network.Seed % 2 == 0);
            for (var i = 0; i < RandomCase.InputCount; i++)
                managed.AssertMatches($"seed {network.Seed}", [network.Input(i)]);
        }
        sweep.Note(SweepSize.Other, 0);
    }
}
