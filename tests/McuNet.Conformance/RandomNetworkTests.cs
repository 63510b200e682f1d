using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.HostC;
using Xunit;

namespace McuNet.Conformance;

public class RandomNetworkTests
{
    [Fact]
    public void HostC_RandomNetworksAndSchedules_MatchReferenceBitForBit()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("MCUNET_NETWORKS") ?? "40", System.Globalization.CultureInfo.InvariantCulture);
        var failures = new List<string>();
        for (var seed = 1; seed <= count; seed++)
        {
            if (Check(seed) is { } failure)
                failures.Add($"seed {seed}: {failure}");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static string? Check(int seed)
    {
        var graph = RandomNetwork.Build(seed);
        var options = new CompileOptions
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32l4r5").Value,
            Objective = (Objective)(seed % 3),
            Input = seed / 3 % 2 == 0 ? InputMode.Resident : InputMode.Rows,
        };
        var compiled = ModelCompiler.Compile(graph, options);
        if (!compiled.Succeeded)
            return graph.IsOutput(graph.Inputs[0].Tensor) ? null : string.Join("\n", compiled.Diagnostics);
        var folder = Path.Combine(Path.GetTempPath(), $"mcunet-random-{Environment.ProcessId}-{seed}");
        try
        {
            var artifact = CompiledC.Write(compiled.Value, folder);
            var inputs = Enumerable.Range(0, 2).Select(i => RandomNetwork.Input(graph, seed * 10 + i)).ToArray();
            var run = HostCompiler.Run(artifact, inputs.Select(i => (IReadOnlyList<byte[]>)[i.Bytes]).ToArray(), new HostCOptions { Sanitize = seed % 4 == 0, Optimisation = "-O1" });
            if (!run.Succeeded)
                return string.Join("\n", run.Diagnostics);
            for (var i = 0; i < inputs.Length; i++)
            {
                var expected = ReferenceEvaluator.Run(graph, [inputs[i]]);
                for (var o = 0; o < expected.Length; o++)
                {
                    if (!expected[o].Bytes.AsSpan().SequenceEqual(run.Value.Outputs[i][o]))
                        return $"output {o} differs in {expected[o].Bytes.Zip(run.Value.Outputs[i][o]).Count(p => p.First != p.Second)} of {expected[o].Bytes.Length} bytes";
                }
            }
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
