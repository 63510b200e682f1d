using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary><c>mcunet report</c>: the figures are those of <c>compile --json</c>, whatever happens there is a page or a reason.</summary>
public sealed class ReportCommandTests
{
    [Fact]
    public void Report_Figures_AreThoseOfCompile()
    {
        using var workspace = new Workspace();
        string[] options = [workspace.Model, "--device", "nrf52840", "--optimize", "memory", "--input", "rows", "--json"];
        var compiled = CommandRun.Of(["compile", .. options, "--out", workspace.Out]).Json;
        var report = CommandRun.Of(["report", .. options, "--out", Page(workspace)]).Json;

        var figures = report["figures"]!;
        foreach (
            var (mine, theirs) in new[]
            {
                ("arena", "sram.arena"),
                ("stack", "sram.stack"),
                ("sram", "sram.total"),
                ("sramBudget", "sram.budget"),
                ("peakAt", "sram.peakAt"),
                ("lowerBound", "sram.lowerBound"),
                ("weights", "flash.weights"),
                ("code", "flash.code"),
                ("flash", "flash.total"),
                ("flashBudget", "flash.budget"),
                ("kernels", "flash.kernels"),
                ("macs", "macs"),
                ("macFactor", "macFactor"),
                ("cycles", "cycles"),
                ("latencyMs", "latencyMs"),
                ("energyMj", "energyMj"),
                ("inputPasses", "inputPasses"),
                ("provedOptimal", "sram.provedOptimal"),
                ("fits", "fits"),
            }
        )
        {
            Assert.Equal(
                theirs.Split('.').Aggregate((JsonNode?)compiled, (node, name) => node![name])!.ToJsonString(),
                figures[mine]!.ToJsonString()
            );
        }
        Assert.Equal(
            compiled["pareto"]!.AsArray().Select(p => (long)p!["bytes"]!),
            report["front"]!.AsArray().Select(p => (long)p!["arena"]!)
        );
        Assert.Equal((int)figures["segments"]!, compiled["segments"]!.AsArray().Count);
        Assert.Contains($"<b id=\"arena-bytes\">{(long)figures["arena"]!:N0}</b>", File.ReadAllText(Page(workspace)));
    }

    /// <summary>With budgets, which only its own device has, and what a firmware needs on every device.</summary>
    [Fact]
    public void Report_Devices_AreThoseOfFit()
    {
        using var workspace = new Workspace();
        string[] options =
        [
            workspace.Model,
            "--device",
            "stm32f103",
            "--sram",
            "11KB",
            "--reserve-flash",
            "100KB",
            "--latency",
            "40",
            "--json",
        ];
        var fit = CommandRun.Of(["fit", .. options]).Json["devices"]!.AsArray();
        var report = CommandRun.Of(["report", .. options, "--out", Page(workspace)]).Json["devices"]!.AsArray();

        Assert.Equal(fit.Count, report.Count);
        foreach (var (mine, theirs) in report.Zip(fit))
        {
            foreach (
                var (name, other) in new[]
                {
                    ("id", "device"),
                    ("name", "name"),
                    ("core", "core"),
                    ("clockHz", "clockHz"),
                    ("fits", "fits"),
                    ("kernels", "kernels"),
                    ("sram", "sram"),
                    ("sramLeft", "margin.sram"),
                    ("flash", "flash"),
                    ("flashLeft", "margin.flash"),
                    ("latencyMs", "latencyMs"),
                    ("latencyLeftMs", "margin.latencyMs"),
                    ("energyMj", "energyMj"),
                    ("energyLeftMj", "margin.energyMj"),
                }
            )
            {
                Assert.Equal(other.Split('.').Aggregate(theirs, (node, part) => node![part])?.ToJsonString(), mine![name]?.ToJsonString());
            }
        }
        Assert.Contains(report, d => (bool)d!["fits"]!);
        Assert.Contains(report, d => !(bool)d!["fits"]!);
        Assert.Contains($"<td>{(string)report[0]!["name"]!}</td>", File.ReadAllText(Page(workspace)));
    }

    [Fact]
    public void Report_ModelThatDoesNotFit_IsWrittenWithTheReason()
    {
        using var workspace = new Workspace();
        var run = CommandRun.Of("report", workspace.Model, "--device", "nrf52840", "--sram", "1KB", "--out", Page(workspace));

        Assert.Equal(ExitCodes.AtFault, run.ExitCode);
        Assert.Contains("MCU4001", run.Error);
        Assert.Contains("MCU4001", File.ReadAllText(Page(workspace)));
        Assert.Contains("It does not fit", File.ReadAllText(Page(workspace)));
    }

    [Fact]
    public void Report_ModelThatIsNone_WritesNothing()
    {
        using var workspace = new Workspace();
        var path = Path.Combine(workspace.Root, "none.onnx");
        File.WriteAllText(path, "none");
        var run = CommandRun.Of("report", path, "--device", "nrf52840", "--out", Page(workspace), "--json");

        Assert.Equal(ExitCodes.AtFault, run.ExitCode);
        Assert.StartsWith("MCU1", (string)run.Json["diagnostics"]![0]!["id"]!);
        Assert.False(File.Exists(Page(workspace)));
    }

    [Theory]
    [InlineData("--against-device", "rp2040", "RP2040")]
    [InlineData("--against-device", "pico", "RP2040")]
    public void Report_AgainstADevice_ComparesWithIt(string option, string value, string name)
    {
        using var workspace = new Workspace();
        Assert.Equal(
            ExitCodes.Done,
            CommandRun.Of("report", workspace.Model, "--device", "nrf52840", option, value, "--out", Page(workspace)).ExitCode
        );
        Assert.Contains($" against {Path.GetFileNameWithoutExtension(workspace.Model)} on {name}.", File.ReadAllText(Page(workspace)));
    }

    [Fact]
    public void Report_AgainstAPageOfItself_FindsNoDifference()
    {
        using var workspace = new Workspace();
        string[] arguments = ["report", workspace.Model, "--device", "nrf52840"];
        var earlier = Path.Combine(workspace.Root, "earlier.html");
        var json = Path.Combine(workspace.Root, "earlier.json");
        File.WriteAllText(json, CommandRun.Of([.. arguments, "--out", earlier, "--json"]).Output);
        Assert.Equal(ExitCodes.Done, CommandRun.Of([.. arguments, "--against", earlier, "--out", Page(workspace)]).ExitCode);
        var page = File.ReadAllText(Page(workspace));
        Assert.Equal(ExitCodes.Done, CommandRun.Of([.. arguments, "--against", json, "--out", Page(workspace)]).ExitCode);

        Assert.Equal(page, File.ReadAllText(Page(workspace)));
        var comparison = page[page.IndexOf("id=\"comparison\"", StringComparison.Ordinal)..page.IndexOf("<h3>", StringComparison.Ordinal)];
        Assert.Equal(11, comparison.Split("<td class=\"n\">0.0</td></tr>").Length - 1);
    }

    [Fact]
    public void Report_AgainstAModel_ComparesWithIt()
    {
        using var workspace = new Workspace();
        var other = Path.Combine(workspace.Root, "other.onnx");
        File.Copy(workspace.Model, other);
        Assert.Equal(
            ExitCodes.Done,
            CommandRun.Of("report", workspace.Model, "--device", "nrf52840", "--against", other, "--out", Page(workspace)).ExitCode
        );
        Assert.Contains(" against other on nRF52840.", File.ReadAllText(Page(workspace)));
    }

    [Fact]
    public void Report_AgainstWhatIsNoReport_IsWrongUsage()
    {
        using var workspace = new Workspace();
        var other = Path.Combine(workspace.Root, "other.html");
        File.WriteAllText(other, "<html></html>");
        var run = CommandRun.Of("report", workspace.Model, "--device", "nrf52840", "--against", other, "--out", Page(workspace));
        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.Contains("holds no report", run.Error);
        run = CommandRun.Of(
            "report",
            workspace.Model,
            "--device",
            "nrf52840",
            "--against",
            other,
            "--against-device",
            "rp2040",
            "--out",
            Page(workspace)
        );
        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
    }

    [Fact]
    public void Report_Accuracy_IsTheGivenOneOrTheRecordBesideTheModel()
    {
        using var workspace = new Workspace();
        string[] arguments = ["report", workspace.Model, "--device", "nrf52840", "--out", Page(workspace), "--json"];
        Assert.Null(CommandRun.Of(arguments).Json["accuracy"]);
        File.WriteAllText(
            workspace.Model + ".origin.json",
            """{ "accuracy": { "samples": 100, "on": "test", "float": 0.98, "int8": 0.97, "code": null } }"""
        );
        Assert.Equal(0.97, (double)CommandRun.Of(arguments).Json["accuracy"]!["int8"]!);
        var given = Path.Combine(workspace.Root, "quantize.json");
        File.WriteAllText(given, """{ "accuracy": { "samples": 50, "on": "calibration", "float": 0.5 } }""");
        Assert.Equal(0.5, (double)CommandRun.Of([.. arguments, "--accuracy", given]).Json["accuracy"]!["float"]!);
        File.WriteAllText(given, "[]");
        Assert.Equal(ExitCodes.WrongUsage, CommandRun.Of([.. arguments, "--accuracy", given]).ExitCode);
    }

    [Fact]
    public void Compile_WithReport_WritesItBesideTheFilesAndWhereNothingFits()
    {
        using var workspace = new Workspace();
        Assert.Equal(ExitCodes.Done, workspace.Compile("--report").ExitCode);
        Assert.Contains("digits.report.html", workspace.Files);
        Directory.Delete(workspace.Out, recursive: true);
        Assert.Equal(
            ["digits.report.html"],
            workspace.Compile("--report", "--sram", "1KB", "--json").Json["files"]!.AsArray().Select(f => (string)f!)
        );
        Assert.Equal(["digits.report.html"], workspace.Files);
    }

    private static string Page(Workspace workspace) => Path.Combine(workspace.Root, "report.html");
}
