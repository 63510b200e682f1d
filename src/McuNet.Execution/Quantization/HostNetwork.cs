using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.HostC;

namespace McuNet.Execution.Quantization;

/// <summary>The generated C of a quantised network on this machine.</summary>
public static class HostNetwork
{
    private const string Name = "quantized";

    /// <summary>Samples handed to one process.</summary>
    private const int Batch = 1024;

    private static readonly HostCOptions Patient = new() { TimeLimit = TimeSpan.FromMinutes(10) };

    /// <summary>The first output of each sample, as stored.</summary>
    /// <returns>MCU7010 where this machine has no C compiler, and what else <see cref="HostCompiler"/> reports.</returns>
    public static StageResult<List<byte[]>> Run(NetworkGraph graph, SampleSet samples, Action<int> advanced)
    {
        return ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = Name,
                    Device = HostDevice.Typical,
                    Objective = Objective.Latency,
                }
            )
            .Then(compilation =>
            {
                var folder = Directory.CreateTempSubdirectory("mcunet-");
                try
                {
                    foreach (var file in compilation.Code())
                        File.WriteAllText(Path.Combine(folder.FullName, file.Name), file.Text);
                    return Run(Artifact(graph, folder.FullName), graph, samples, advanced);
                }
                finally
                {
                    folder.Delete(recursive: true);
                }
            });
    }

    private static CArtifact Artifact(NetworkGraph graph, string folder) =>
        new()
        {
            Directory = folder,
            Name = Name,
            InputBytes = [.. graph.Inputs.Select(p => graph[p.Tensor].Type.Bytes)],
            OutputBytes = [.. graph.Outputs.Select(p => graph[p.Tensor].Type.Bytes)],
        };

    private static StageResult<List<byte[]>> Run(CArtifact artifact, NetworkGraph graph, SampleSet samples, Action<int> advanced)
    {
        var outputs = new List<byte[]>(samples.Count);
        for (var start = 0; start < samples.Count; start += Batch)
        {
            var cases = Enumerable
                .Range(start, Math.Min(Batch, samples.Count - start))
                .Select(i => (IReadOnlyList<byte[]>)[PortValues.Stored(graph, graph.Inputs[0], samples, i)])
                .ToArray();
            var run = HostCompiler.Run(artifact, cases, Patient);
            if (!run.Succeeded)
                return StageResult<List<byte[]>>.Failure(run.Diagnostics);
            outputs.AddRange(run.Value.Outputs.Select(o => o[0]));
            advanced(outputs.Count);
        }
        return StageResult<List<byte[]>>.Success(outputs);
    }
}
