using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using McuNet.Cli.Printing;
using McuNet.Compiler.Tests;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary><c>mcunet search</c> with the fake trainer.</summary>
public sealed class SearchCommandTests : IDisposable
{
    private const string File = """
        { "version": 1, "space": "space.json", "dataset": "data.json", "device": "nrf52840", "sram": "6KB", "flash": "20KB",
          "evolution": { "population": 4, "parents": 2, "crossovers": 1, "mutations": 1, "generations": 2 },
          "seed": 5, "train": { "largest": 20, "random": 20 }, "finetune": { "steps": 10, "top": 2 }, "calibration": { "count": 8 }, "rankGate": -1 }
        """;

    private const string Space = """
        { "version": 1, "name": "small", "resolutions": [16], "widths": [0.25, 0.5], "input": { "channels": 1 }, "classes": 10,
          "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu", "stem": { "out": 8, "kernel": 3, "stride": 1 },
          "first": { "out": 8, "kernel": [3], "stride": 2 },
          "stages": [ { "out": 16, "stride": 2, "depth": [1, 2], "kernel": [3, 5], "expand": [2, 3], "width": [1.0] } ],
          "head": { "out": 0 }, "residual": "after-first" }
        """;

    private static readonly string Trainer = $"dotnet \"{Path.Combine(AppContext.BaseDirectory, "McuNet.FakeTrainer.dll")}\"";

    private readonly Workspace _workspace = new();

    public SearchCommandTests()
    {
        _workspace.Write("space.json", Space);
        _workspace.Write("data.json", "{}");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Search_ToTheEnd_PrintsOneObjectAndLeavesEverythingInTheFolder()
    {
        var run = Search(File, "--json");

        Assert.Equal(0, run.ExitCode);
        var winner = run.Json["winner"]!;
        Assert.InRange((long)winner["sram"]!, 1, 6144);
        Assert.Equal(4, run.Json["baselines"]!.AsArray().Count);
        Assert.Empty(run.Json["diagnostics"]!.AsArray());
        Assert.Equal(
            winner["hash"]!.ToString(),
            JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(_workspace.Out, "search.json")))!["result"]!["winner"]![
                "hash"
            ]!.ToString()
        );
        foreach (
            var name in new[]
            {
                "report.html",
                "winner.json",
                "winner.safetensors",
                "calibration-16.safetensors",
                "test-16.safetensors",
                "evaluations.jsonl",
            }
        )
            Assert.True(System.IO.File.Exists(Path.Combine(_workspace.Out, name)), name);
        var names = run.Json["baselines"]!.AsArray().Select(b => (string)b!["name"]!).Prepend("found by search").ToArray();
        for (var row = 0; row < names.Length; row++)
            Assert.Equal(
                names[row] != (string)winner["name"]!,
                System.IO.File.Exists(Path.Combine(_workspace.Out, row == 0 ? "found.safetensors" : $"baseline-{row}.safetensors"))
            );
        Assert.Contains("best so far", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http://",
            System
                .IO.File.ReadAllText(Path.Combine(_workspace.Out, "report.html"))
                .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Search_AgainInTheSameFolder_NeedsResumeAndGivesTheSameTable()
    {
        var first = Search(File);
        var refused = Search(File);
        var resumed = Search(File, "--resume");

        Assert.Equal((0, 1, 0), (first.ExitCode, refused.ExitCode, resumed.ExitCode));
        Assert.Contains("MCU8046", refused.Error, StringComparison.Ordinal);
        Assert.Contains("MobileNetV2-style scaling", first.Output, StringComparison.Ordinal);
        Assert.Equal(first.Output, resumed.Output);
    }

    /// <summary>A process killed at some moments of its life, each time later, and resumed.</summary>
    [Fact]
    public void Search_KilledAtRandomMoments_EndsWithTheResultOfAnUninterruptedOne()
    {
        var path = _workspace.Write("digits.search.json", File);
        var (whole, killed) = (Path.Combine(_workspace.Root, "whole"), Path.Combine(_workspace.Root, "killed"));
        var random = new Random(11);
        Assert.True(Finishes(path, whole, Timeout.Infinite));

        var kills = 0;
        for (var wait = random.Next(300, 600); !Finishes(path, killed, wait); wait = Math.Min(60_000, wait + random.Next(100, 400)))
            kills++;

        Assert.InRange(kills, 2, 60);
        foreach (var file in new[] { "search.json", "evaluations.jsonl", "winner.json", "winner.safetensors" })
            Assert.Equal(System.IO.File.ReadAllBytes(Path.Combine(whole, file)), System.IO.File.ReadAllBytes(Path.Combine(killed, file)));
    }

    /// <summary>Whether a search in a process of its own ends within so many milliseconds; else it and its trainer are killed.</summary>
    private static bool Finishes(string searchFile, string folder, int milliseconds)
    {
        string[] command = ["search", searchFile, "--out", folder, "--trainer", Trainer, "--resume"];
        var search = new ToolProcess(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "mcunet.dll"), .. command],
            AppContext.BaseDirectory,
            TimeSpan.FromMinutes(2)
        );
        using var kill = new CancellationTokenSource(milliseconds);
        try
        {
            var outcome = search.Run(kill.Token);
            Assert.True(outcome.Succeeded, outcome.Output + outcome.Error);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [OnnxRuntimeFact]
    public void Search_WithOutput_ExportsNetworksThatCompileWithinTheBudgets()
    {
        var output = Path.Combine(_workspace.Out, "..", "net.onnx");
        var run = Search(File, "--output", output, "--json");

        Assert.True(run.ExitCode == 0, run.Output);
        var (winner, exported) = (run.Json["winner"]!, run.Json["exported"]!.AsArray());
        Assert.Equal(5, exported.Count);
        Assert.Equal(((long)winner["arena"]!, (long)winner["sram"]!), ((long)exported[0]!["arena"]!, (long)exported[0]!["sram"]!));
        Assert.InRange((long)exported[0]!["flash"]!, 1, (long)winner["flash"]!);
        Assert.NotNull(exported[0]!["accuracy"]!["float"]);
        Assert.Equal(4, Directory.GetFiles(_workspace.Out, "*.onnx").Count(f => !f.EndsWith(".float.onnx", StringComparison.Ordinal)));
        var record = JsonNode.Parse(System.IO.File.ReadAllText(output + ".origin.json"))!;
        Assert.Equal((string)winner["name"]!, (string?)record["from"]);
        Assert.Equal(McuNet.Search.SearchStamp.Of(Utf8(File), null, null, Utf8(Space), Utf8("{}")), (string?)record["search"]);
        var compiled = CommandRun.Of([
            "compile",
            output,
            "--device",
            "nrf52840",
            "--out",
            Path.Combine(_workspace.Out, "c"),
            "--sram",
            "6KB",
            "--flash",
            "20KB",
            "--input",
            (string)record["input"]!,
            "--json",
        ]);
        Assert.Equal(0, compiled.ExitCode);
        Assert.Equal((long)record["sram"]!, (long)exported[0]!["sram"]!);
        Assert.Equal((long)exported[0]!["arena"]!, (long)compiled.Json["sram"]!["arena"]!);

        var text = Search(File, "--output", output, "--resume");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains($"SRAM {(long)record["sram"]!:N0} bytes, flash ", text.Output, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Search_WithAMistakeInTheFile_PointsAtIt()
    {
        var run = Search(File.Replace("\"seed\"", "\"sead\"", StringComparison.Ordinal), "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("MCU8042", (string?)run.Json["diagnostics"]!.AsArray().Single()!["id"]);
        Assert.False(Directory.Exists(_workspace.Out));
    }

    [Fact]
    public void Search_DryRun_PrintsTheLargestNetworksThatFitAndWritesNothing()
    {
        var path = _workspace.Write("digits.search.json", File);
        var all = CommandRun.Of(["search", path, "--dry-run", "--json"]);
        var layers = CommandRun.Of([
            "search",
            _workspace.Write(
                "layers.search.json",
                File.Replace("\"seed\"", "\"schedule\": \"layers\", \"seed\"", StringComparison.Ordinal)
            ),
            "--dry-run",
            "--json",
        ]);
        var largest = all.Json["largest"]!.AsArray();

        Assert.Equal((0, 0), (all.ExitCode, layers.ExitCode));
        Assert.All(largest, n => Assert.InRange((long)n!["sram"]!, 1, 6144));
        Assert.True((long)largest[0]!["macs"]! >= (long)layers.Json["largest"]![0]!["macs"]!);
        Assert.Equal(largest[0]!["macs"]!.ToString(), Search(File, "--json").Json["baselines"]![3]!["macs"]!.ToString());
        Assert.Contains("nothing is trained", CommandRun.Of(["search", path, "--dry-run"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_WithSeeds_TrainsEachNetworkOfTheContestSoOften()
    {
        var run = Search(File, "--seeds", "3", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Json["baselines"]!.AsArray().Append(run.Json["winner"]), c => Assert.Equal(3, c!["runs"]!.AsArray().Count));
        Assert.Equal(2, Search(File, "--seeds", "0").ExitCode);
    }

    [Fact]
    public void Search_WithoutAFolder_IsWrongUsage() =>
        Assert.Equal(2, CommandRun.Of(["search", _workspace.Write("digits.search.json", File)]).ExitCode);

    private CommandRun Search(string file, params string[] more) =>
        CommandRun.Of(["search", _workspace.Write("digits.search.json", file), "--out", _workspace.Out, "--trainer", Trainer, .. more]);
}
