using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Search.Export;
using McuNet.Search.Spaces;
using McuNet.Search.Tests.Support;
using McuNet.Tests;
using Xunit;
using RuntimeTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Search.Tests.Export;

public sealed class FloatNetworkTests
{
    [Fact]
    public void Of_Metadata_SurvivesTheFile()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, new SplitMix64(1));
        var weights = NetworkWeights.Read(RandomWeights.File(RandomWeights.Of(space, architecture, 1)), space, architecture, "w").Value;

        var bytes = OnnxWriter.Write(FloatNetwork.Of(space, architecture, weights, [new("architecture", architecture.ToJson())]));

        Assert.Equal(architecture.ToJson(), OnnxReader.Read(bytes, "net.onnx").Value.Property("architecture"));
    }

    /// <summary>Weights in, logits out: the exported file in ONNX Runtime against the trainer's own forward pass in PyTorch.</summary>
    [TorchFact]
    public void Of_RandomWeights_ComputesWhatTheTrainerComputes()
    {
        var residual = new StageChoice(1, [new(3, 3), new(5, 4)]);
        foreach (
            var (name, rule, head, seed) in new[]
            {
                ("digits", ResidualRule.AfterFirst, 0, 1),
                ("cifar", ResidualRule.AfterFirst, 64, 2),
                ("cifar", ResidualRule.StrideOneEqual, 0, 3),
            }
        )
        {
            var space = SpacePresets.Find(name).Value with { Residual = rule, HeadOut = head };
            var drawn = Sampling.Uniform(space, space.Resolutions[0], 0.5, new SplitMix64((ulong)seed));
            var architecture = name == "cifar" ? drawn with { Stages = drawn.Stages.SetItem(1, residual) } : drawn;
            AssertSameLogits(space, name, architecture, seed);
        }
    }

    private static void AssertSameLogits(SearchSpace space, string preset, Architecture architecture, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-export-").FullName;
        try
        {
            RunTrainer(space, preset, architecture, seed, folder);
            var weights = NetworkWeights
                .Read(File.ReadAllBytes(Path.Combine(folder, "weights.safetensors")), space, architecture, "w")
                .Value;
            var cases = FloatArray.ReadAll(File.ReadAllBytes(Path.Combine(folder, "case.safetensors")));
            var x = cases["x"].Values;
            var expected = cases["logits"].Values;
            using var session = OnnxSession.Open(OnnxWriter.Write(FloatNetwork.Of(space, architecture, weights, [])));
            Assert.Equal([FloatNetwork.InputName, FloatNetwork.OutputName], [session.Inputs[0].Name, session.Outputs[0].Name]);
            var size = x.Length / (int)cases["x"].Dims[0];
            for (var i = 0; i < cases["x"].Dims[0]; i++)
            {
                var logits = session
                    .Run([RuntimeTensor.Float(FloatNetwork.InputName, session.Inputs[0].Dims, x.Slice(i * size, size))])[0]
                    .Floats;
                for (var c = 0; c < space.Classes; c++)
                    Assert.True(
                        Math.Abs(logits[c] - expected[i * space.Classes + c]) < 1e-4,
                        $"{preset} image {i} class {c}: {logits[c]} against {expected[i * space.Classes + c]}"
                    );
            }
            Assert.True(expected.ToArray().Max() - expected.ToArray().Min() > 0.1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RunTrainer(SearchSpace space, string preset, Architecture architecture, int seed, string folder)
    {
        var json = File.ReadAllText(Path.Combine(Folders.Repository, "src", "McuNet.Search", "Presets", preset + ".json"))
            .Replace("\"head\": { \"out\": 0 }", $"\"head\": {{ \"out\": {space.HeadOut} }}", StringComparison.Ordinal)
            .Replace("after-first", space.Residual == ResidualRule.AfterFirst ? "after-first" : "stride1-equal", StringComparison.Ordinal);
        var (spaceFile, architectureFile) = (Path.Combine(folder, "space.json"), Path.Combine(folder, "architecture.json"));
        File.WriteAllText(spaceFile, json);
        File.WriteAllText(architectureFile, architecture.ToJson());
        var script = Path.Combine(Folders.Repository, "tests", "McuNet.Search.Tests", "Export", "trainer_forward.py");
        ProgramRun.Good(
            Needs.Python,
            [script, spaceFile, architectureFile, $"{seed}", folder],
            environment: new Dictionary<string, string?> { ["PYTHONPATH"] = Folders.Trainer, ["PYTHONDONTWRITEBYTECODE"] = "1" }
        );
    }
}
