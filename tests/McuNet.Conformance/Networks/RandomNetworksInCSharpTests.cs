using McuNet.Compiler.Tests.Emit.CSharp;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Random networks under random schedules in generated C#, against the reference evaluator.</summary>
public sealed class RandomNetworksInCSharpTests
{
    [Fact]
    public void CSharp_RandomNetworks_MatchReference()
    {
        var drawn = new DrawnNetworks("C#", ["stm32l4r5"]);
        foreach (var network in drawn.Networks(SweepSize.Other))
        {
            var managed = new ManagedNetwork(network.Model, checkOverflow: network.Seed % 2 == 0, asNet: network.Seed % 3 != 0);
            for (var i = 0; i < RandomCase.InputCount; i++)
                managed.AssertMatches($"seed {network.Seed}", [network.Input(i)]);
        }
        drawn.Note(SweepSize.Other, 0);
    }
}
