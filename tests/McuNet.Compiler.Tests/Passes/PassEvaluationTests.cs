using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Every pass keeps what a network computes: evaluated before and after, on random networks and on real models.</summary>
public sealed class PassEvaluationTests(ITestOutputHelper output)
{
    private const int Networks = 60;

    /// <summary>A real model takes seconds beyond this.</summary>
    private const long MostMacs = 30_000_000;

    [Fact]
    public void Passes_RandomNetworks_KeepWhatTheyCompute()
    {
        var runs = Enumerable
            .Range(0, Networks)
            .AsParallel()
            .AsOrdered()
            .Select(seed =>
                PassEvaluation.Run(Imported(NetworkOnnx.Write(RandomNetwork.Build(seed, asymmetric: false)), $"random_{seed}"), seed)
            )
            .ToArray();
        Report(runs);
    }

    [SharedFact]
    public void Passes_RealModels_KeepWhatTheyCompute()
    {
        var models = Directory
            .GetFiles(Shared.Path("models", "onnx"), "*.onnx")
            .Order(StringComparer.Ordinal)
            .Select(f =>
                OnnxReader
                    .Read(File.ReadAllBytes(f), Path.GetFileNameWithoutExtension(f))
                    .Then(m => ModelImporter.Import(m, Path.GetFileNameWithoutExtension(f)))
            )
            .Where(g => g.Succeeded)
            .Select(g => g.Value)
            .Where(g => g.Macs <= MostMacs && PassPipeline.Run(g).Succeeded)
            .ToArray();
        Assert.True(models.Length > 10, $"only {models.Length} models are small enough");
        Report([.. models.AsParallel().AsOrdered().Select(m => PassEvaluation.Run(m, 1))]);
    }

    /// <summary>Ties are rare: the check would be worth nothing if they were not.</summary>
    private void Report(PassEvaluation[] runs)
    {
        var (elements, ties) = (runs.Sum(r => (long)r.Elements), runs.Sum(r => (long)r.Ties));
        output.WriteLine($"{runs.Length} networks, {elements} elements of fused operators, {ties} a step off at a tie");
        Assert.True(ties * 100 < elements);
    }

    private static NetworkGraph Imported(byte[] model, string name) =>
        OnnxReader.Read(model, name).Then(m => ModelImporter.Import(m, name)).Value;
}
