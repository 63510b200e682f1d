using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Search.Evaluation;
using McuNet.Search.Export;
using McuNet.Search.Spaces;
using McuNet.Search.Tests.Support;
using Xunit;

namespace McuNet.Search.Tests.Export;

public sealed class NetworkExportTests : IDisposable
{
    private const int Images = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the search believed of a network is what a build of its exported file finds: arena, constants, flash.</summary>
    [OnnxRuntimeFact]
    public void Make_RandomArchitectures_CompileToWhatTheEvaluatorSays()
    {
        foreach (var (preset, seed) in new[] { ("digits", 1), ("digits", 2), ("digits", 3), ("cifar", 4), ("cifar", 5), ("cifar", 6) })
        {
            var space = SpacePresets.Find(preset).Value;
            var architecture = Sampling.Uniform(
                space,
                space.Resolutions[seed % space.Resolutions.Length],
                space.Widths[seed % 2],
                new SplitMix64((ulong)seed)
            );
            var bytes = NetworkExport.Make(Request(space, architecture, seed)).Value.Quantized.ToBytes();
            foreach (var input in preset == "digits" ? new[] { InputMode.Resident, InputMode.Rows } : [InputMode.Resident])
            {
                var options = new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find("nrf52840").Value,
                    Objective = Objective.Fit,
                    Input = input,
                };
                var compilation = ModelCompiler.Compile(bytes, "net.onnx", options).Value;
                var footprint = compilation.Footprint;
                var expected = new ResourceEvaluator(space, new EvaluationTarget(options, ScheduleMode.Bands)).Evaluate(architecture);

                Assert.Equal(
                    (expected.ArenaBytes, expected.TableBytes, expected.FlashBytes, expected.Macs),
                    (compilation.Model.Memory.ArenaBytes, footprint.Weights, footprint.Flash, compilation.Model.Graph.Macs)
                );
            }
        }
    }

    [OnnxRuntimeFact]
    public void Make_TestImages_ReportsAccuracyOfFloatIntegersAndGeneratedC()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, 16, 0.5, new SplitMix64(7));
        var export = NetworkExport.Make(Request(space, architecture, 7) with { TestFile = ImageFile(space, architecture, 8) }).Value;

        var accuracy = export.Accuracy!;
        Assert.Equal(Images, accuracy.Samples);
        Assert.InRange(accuracy.FloatCorrect!.Value, 0, Images);
        Assert.True(accuracy.QuantizedAgrees > Images * 3 / 4);
        Assert.Equal(Images, accuracy.CodeAgrees);
        Assert.True(accuracy.Largest <= 1);
    }

    [OnnxRuntimeFact]
    public void Make_QuantisedFile_KeepsMetadataAndTakesPixelsMinus128()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, new SplitMix64(9));
        var export = NetworkExport.Make(Request(space, architecture, 42)).Value;
        var path = Path.Combine(_folder, "out", "net.onnx");

        Assert.True(export.Write(path, Weights).Succeeded);

        var model = OnnxReader.Read(File.ReadAllBytes(path), path).Value;
        Assert.Equal(
            [architecture.ToJson(), "digits", "42"],
            new[] { NetworkExport.ArchitectureProperty, NetworkExport.SpaceProperty, NetworkExport.SeedProperty }.Select(model.Property)
        );
        Assert.Equal([path], Directory.GetFiles(Path.Combine(_folder, "out")));
        var real = OnnxReader.Read(File.ReadAllBytes(Path.Combine(_folder, "winner.float.onnx")), "real").Value;
        Assert.Equal(
            (architecture.ToJson(), FloatNetwork.OutputName),
            (real.Property(NetworkExport.ArchitectureProperty), real.Graph.Outputs[0].Name)
        );
        var input = export.Quantized.Graph[export.Quantized.Graph.Inputs[0].Tensor].Type;
        Assert.Equal((1f / 128, 0), (input.Scale, input.ZeroPoint));
    }

    [Fact]
    public void Make_MissingWeights_SaysSo()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, new SplitMix64(9));
        var request = Request(space, architecture, 1) with { WeightsFile = Path.Combine(_folder, "none.safetensors") };

        Assert.Equal("MCU8060", Assert.Single(NetworkExport.Make(request).Diagnostics).Id);
    }

    [Fact]
    public void Make_ImagesOfAnotherResolution_AreRefused()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, 16, 0.5, new SplitMix64(9));
        var request = Request(space, architecture, 1) with { CalibrationFile = ImageFile(space, architecture with { Resolution = 20 }, 1) };

        var diagnostic = Assert.Single(NetworkExport.Make(request).Diagnostics);
        Assert.Equal("MCU3008", diagnostic.Id);
        Assert.Contains("[24, 1, 20, 20], not Float32 [N, 1, 16, 16]", diagnostic.Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Write_PathThatIsAFolder_IsAnErrorAndLeavesNothing()
    {
        var space = SpacePresets.Find("digits").Value;
        var architecture = Sampling.Uniform(space, 16, 0.25, new SplitMix64(9));
        var export = NetworkExport.Make(Request(space, architecture, 1)).Value;
        var path = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(path);

        Assert.Equal("MCU8062", Assert.Single(export.Write(path, Weights).Diagnostics).Id);
        Assert.False(File.Exists(path + ".new"));
    }

    private string Weights => Path.Combine(_folder, "winner.safetensors");

    private ExportRequest Request(SearchSpace space, Architecture architecture, int seed)
    {
        var weights = Path.Combine(_folder, $"weights-{seed}.safetensors");
        File.WriteAllBytes(weights, RandomWeights.File(RandomWeights.Of(space, architecture, (ulong)seed)));
        return new()
        {
            Space = space,
            Architecture = architecture,
            Seed = (ulong)seed,
            WeightsFile = weights,
            CalibrationFile = ImageFile(space, architecture, seed),
        };
    }

    private string ImageFile(SearchSpace space, Architecture architecture, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        var side = architecture.Resolution;
        var path = Path.Combine(_folder, $"images-{seed}-{side}.safetensors");
        var pixels = Enumerable
            .Range(0, Images * space.InputChannels * side * side)
            .Select(_ => (random.Below(256) - 128) / 128f)
            .ToArray();
        File.WriteAllBytes(
            path,
            RandomWeights.File(
                new Dictionary<string, (long[], float[])>
                {
                    ["x"] = ([Images, space.InputChannels, side, side], pixels),
                    ["y"] = ([Images], [.. Enumerable.Range(0, Images).Select(_ => (float)random.Below(space.Classes))]),
                }
            )
        );
        return path;
    }
}
