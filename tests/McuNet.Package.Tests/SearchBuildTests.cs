using System;
using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A project whose model is searched by the build, with the tool of the package and a fake trainer.</summary>
[Collection(PackageCollection.Name)]
public sealed class SearchBuildTests(PackageFeed feed)
{
    private const string Search = """
        { "version": 1, "space": "space.json", "dataset": "data.json", "sram": "6KB", "flash": "20KB",
          "evolution": { "population": 4, "parents": 2, "crossovers": 1, "mutations": 1, "generations": 2 },
          "train": { "largest": 20, "random": 20 }, "finetune": { "steps": 10, "top": 2 }, "calibration": { "count": 8 }, "rankGate": -1, "baselines": false }
        """;

    private const string Space = """
        { "version": 1, "name": "small", "resolutions": [16], "widths": [0.25, 0.5], "input": { "channels": 1 }, "classes": 10,
          "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu", "stem": { "out": 8, "kernel": 3, "stride": 1 },
          "first": { "out": 8, "kernel": [3], "stride": 2 },
          "stages": [ { "out": 16, "stride": 2, "depth": [1, 2], "kernel": [3, 5], "expand": [2, 3], "width": [1.0] } ],
          "head": { "out": 0 }, "residual": "after-first" }
        """;

    private static string FakeTrainer => Path.Combine(AppContext.BaseDirectory, "McuNet.FakeTrainer.dll");

    [OnnxRuntimeFact]
    public void McuSearch_FromSearchFileToGeneratedClass()
    {
        var sample = Project();
        var missing = sample.Build().Fail();
        Assert.Contains($"({SampleProject.ItemsLine + 1},5): error MCU1001: ", missing.Output, StringComparison.Ordinal);
        Assert.Contains("dotnet build -t:McuSearch", missing.Output, StringComparison.Ordinal);

        var searched = sample.Target("McuSearch").Succeed();
        Assert.Contains("small.search.json: evolution", searched.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(sample.Directory, "net.onnx.origin.json")));
        Assert.True(File.Exists(Path.Combine(sample.Directory, "small.search", "report.html")));

        Assert.DoesNotContain("evolution", sample.Target("McuSearch").Succeed().Output, StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(Path.Combine(sample.Directory, "net.onnx"), DateTime.UnixEpoch);
        Assert.DoesNotContain("MCU703", sample.Build().Succeed().Output, StringComparison.Ordinal);
        Assert.StartsWith("10 outputs", sample.RunApp().Succeed().Output, StringComparison.Ordinal);

        sample.With("small.search.json", Search.Replace("6KB", "7KB", StringComparison.Ordinal));
        Assert.Contains(
            $"({SampleProject.ItemsLine},5): warning MCU7031: ",
            sample.Target("CompileMcuModels").Succeed().Output,
            StringComparison.Ordinal
        );
        Assert.Contains("error MCU8045: ", sample.Target("McuSearch").Fail().Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(sample.Directory, "net.onnx")));
    }

    [Fact]
    public void McuSearch_DeadTrainer_IsAnErrorAtTheItem()
    {
        var sample = Project(" --die-in train");
        sample.Target("Restore").Succeed();
        var result = sample.Target("McuSearch").Fail();
        Assert.Contains($"({SampleProject.ItemsLine},5): error MCU", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MCU7033", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void McuSearch_SeveralFrameworks_IsATargetOfTheOuterBuild()
    {
        var sample = new SampleProject(feed, string.Empty, "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>", ownEngine: true);
        sample.Target("Restore").Succeed();
        Assert.Contains("The project has no McuSearch items.", sample.Target("McuSearch").Succeed().Output, StringComparison.Ordinal);
    }

    private SampleProject Project(string switches = "") => new SampleProject(
            feed,
            $"""
                <McuSearch Include="small.search.json" Device="nrf52840" OutputFile="net.onnx" Trainer="dotnet &quot;{FakeTrainer}&quot;{switches}" />
                <McuModel Include="net.onnx" Device="nrf52840" Name="digit" />
            """,
            ownEngine: true
        ).With("small.search.json", Search).With("space.json", Space).With("data.json", "{}").With("Program.cs", "var digit = new Sample.Digit();", "digit.Input[0] = 1;", "digit.Invoke();", "System.Console.WriteLine($\"{digit.Output.Length} outputs\");");
}
