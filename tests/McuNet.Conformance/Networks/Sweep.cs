using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Runs random networks in one mode, several to a program, and reports for each that fails the smallest network found that fails
/// too.</summary>
internal sealed record Sweep(string Mode, string[] Devices, Func<NetworkBatch, StageResult<Outputs>> Run) : DrawnNetworks(Mode, Devices)
{
    private const int BatchSize = 25;
    private const int Tries = 300;

    /// <summary>Cuts batches smaller where not all networks fit together; what never fits is left out.</summary>
    public Func<IEnumerable<RandomCase>, IEnumerable<IReadOnlyList<RandomCase>>> Grouped { get; init; } = networks => [networks.ToArray()];

    public void AssertNoFailures(int count)
    {
        var (run, failures) = (0, new List<string>());
        foreach (var group in Networks(count).Chunk(BatchSize).SelectMany(Grouped))
        {
            failures.AddRange(Failing(group).Select(Smallest));
            run += group.Count;
        }
        Note(run, failures.Count);
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(run >= Math.Min(count, 10), $"only {run} networks ran");
    }

    /// <summary>Runs networks together; where that fails as a whole, halves show which of them are at fault.</summary>
    private IEnumerable<RandomCase> Failing(IReadOnlyList<RandomCase> networks)
    {
        if (Problems(new NetworkBatch(networks)) is not { } problems)
            return [];
        if (networks.Count == 1)
            return networks;
        var named = networks.Where(n => problems.Any(p => p.StartsWith($"seed {n.Seed},", StringComparison.Ordinal))).ToArray();
        return named.Length > 0 ? named : networks.Chunk((networks.Count + 1) / 2).SelectMany(Failing);
    }

    /// <summary>What is wrong, or null.</summary>
    private string[]? Problems(NetworkBatch batch)
    {
        var result = Run(batch);
        string[] problems = result.Succeeded ? [.. batch.Differences(result.Value)] : [.. result.Diagnostics.Select(d => d.Message)];
        return problems.Length > 0 ? problems : null;
    }

    private string Smallest(RandomCase failing)
    {
        var plan = NetworkPlan.Smallest(failing.Seed, p => !FailsAlike(p, failing.Seed), Tries);
        var folder = Path.Combine(Folder, $"{Mode.Replace(' ', '_')}-{failing.Seed}");
        Write(plan, failing.Seed, folder);
        return $"{Mode}, seed {failing.Seed}: {Problem(failing.Plan, failing.Seed) ?? "fails only beside other networks"}\n  smallest found: {plan}, in {folder}: {Problem(plan, failing.Seed)}";
    }

    /// <summary>A network that does not get as far as the compiler is not what is looked for.</summary>
    private bool FailsAlike(NetworkPlan plan, int seed)
    {
        try
        {
            return Problem(plan, seed) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private string? Problem(NetworkPlan plan, int seed) =>
        Problems(new NetworkBatch([RandomCase.Create(plan, seed, Devices)])) is { } problems ? string.Join("; ", problems) : null;

    /// <summary>The network as an ONNX file, and its C.</summary>
    private void Write(NetworkPlan plan, int seed, string folder)
    {
        var network = RandomCase.Create(plan, seed, Devices);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "network.onnx"), NetworkOnnx.Write(network.Model.Network));
        foreach (var file in CEmitter.Emit(ProgramBuilder.C(network.Model)))
            File.WriteAllText(Path.Combine(folder, file.Name), file.Text);
    }
}
