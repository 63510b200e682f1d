using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Diagnostics;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>
/// Random networks under random schedules against the reference evaluator. MCUNET_NETWORKS says how many, MCUNET_SEED which comes first;
/// a failure names its seed.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int BatchSize = 25;
    private static readonly string[] Optimisations = ["-O2", "-O1", "-Os", "-O0"];

    public static int Count { get; } = FromEnvironment("MCUNET_NETWORKS", 150);

    public static int FirstSeed { get; } = FromEnvironment("MCUNET_SEED", 1);

    [HostCompilerFact]
    public void HostC_RandomNetworks_MatchReference()
    {
        var failures = new List<string>();
        foreach (var (batch, number) in Batches(Count, "stm32l4r5", "stm32g0b1", "stm32f103").Select((b, i) => (b, i)))
        {
            var options = new HostCOptions { Optimisation = Optimisations[number % 4], Sanitize = number % 3 == 2 };
            failures.AddRange(Failures(batch, b => CompiledC.In(folder => CompiledC.OnHost(b.Write(folder), b.Cases, options))));
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>Columns sliced and joined, which GCC 12 at -O2 left out.</summary>
    [HostCompilerFact]
    public void HostC_SeedsThatFailedBefore_MatchReference()
    {
        int[] seeds = [510037, 510402, 510705];
        var networks = seeds.Select(s => RandomCase.Create(s, "stm32l4r5", "stm32g0b1", "stm32f103")).ToArray();
        var failures = Failures(networks, b => CompiledC.In(folder => CompiledC.OnHost(b.Write(folder), b.Cases, new HostCOptions { Optimisation = Optimisations[0] }))).ToArray();
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    [Fact]
    public void CSharp_RandomNetworks_MatchReference()
    {
        foreach (var network in Networks(Math.Max(1, Count / 10), "stm32l4r5"))
        {
            var managed = new ManagedNetwork(network.Model, checkOverflow: network.Seed % 2 == 0);
            for (var i = 0; i < RandomCase.InputCount; i++)
                managed.AssertMatches($"seed {network.Seed}", [network.Input(i)]);
        }
    }

    [ArmTheory]
    [InlineData("cortex-m4f", "stm32l4r5")]
    [InlineData("cortex-m55", "corstone300")]
    [InlineData("cortex-m0", "stm32g0b1")]
    public void Board_RandomNetworks_MatchReference(string board, string device)
    {
        var failures = new List<string>();
        var run = 0;
        foreach (var batch in Batches(Math.Max(20, Count / 10), device))
        {
            foreach (var part in Fitting(batch, QemuBoard.Find(board)!))
            {
                failures.AddRange(Failures(part, b => CompiledC.In(folder => CompiledC.OnBoard(b.Write(folder), QemuBoard.Find(board)!, b.Cases))));
                run += part.Count;
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(run >= Math.Min(Count, 10), $"only {run} networks ran");
    }

    /// <summary>Runs networks together; where that fails as a whole, halves show which of them is at fault.</summary>
    private static IEnumerable<string> Failures(IReadOnlyList<RandomCase> networks, Func<NetworkBatch, StageResult<Outputs>> run)
    {
        var batch = new NetworkBatch(networks);
        var result = run(batch);
        if (result.Succeeded)
            return batch.Differences(result.Value).ToArray();
        return networks.Count == 1
            ? [$"seed {networks[0].Seed}: {string.Join("\n", result.Diagnostics.Select(d => d.Message))}"]
            : networks.Chunk((networks.Count + 1) / 2).SelectMany(half => Failures(half, run)).ToArray();
    }

    /// <summary>Groups that fit the board's RAM beside stack and runner; a network that never fits is left out.</summary>
    private static IEnumerable<IReadOnlyList<RandomCase>> Fitting(IEnumerable<RandomCase> networks, QemuBoard board)
    {
        var room = (int)board.Ram.Bytes - board.StackBytes - 2048;
        var group = new List<RandomCase>();
        foreach (var network in networks.Where(n => new NetworkBatch([n]).ArenaBytes <= room))
        {
            if (new NetworkBatch([.. group, network]).ArenaBytes > room)
            {
                yield return group.ToArray();
                group.Clear();
            }
            group.Add(network);
        }
        if (group.Count > 0)
            yield return group;
    }

    private static IEnumerable<IReadOnlyList<RandomCase>> Batches(int count, params string[] devices) =>
        Networks(count, devices).Chunk(BatchSize);

    private static IEnumerable<RandomCase> Networks(int count, params string[] devices) =>
        Enumerable.Range(FirstSeed, Math.Min(count, Count)).Select(seed => RandomCase.Create(seed, devices));

    private static int FromEnvironment(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
