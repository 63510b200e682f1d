using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class SpaceCommandTests
{
    [Fact]
    public void Space_Json_GivesChoiceAndScales()
    {
        var run = CommandRun.Of(
            "space",
            "digits",
            "--device",
            "nrf52840",
            "--sram",
            "8KB",
            "--flash",
            "24KB",
            "--schedule",
            "layers",
            "--samples",
            "20",
            "--json"
        );

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ("digits", 16, (string)run.Json["ranking"]![0]!),
            ((string)run.Json["space"]!, run.Json["scales"]!.AsArray().Count, (string)run.Json["choice"]!["name"]!)
        );
        Assert.Equal("12348", (string)run.Json["networksPerScale"]!);
    }

    /// <summary>The row-wise schedules of a build need less SRAM than layer by layer, so more networks fit.</summary>
    [Fact]
    public void Space_AllSchedules_FitMoreThanLayerByLayer()
    {
        double Fitting(string schedule) =>
            CommandRun
                .Of(
                    "space",
                    "digits",
                    "--device",
                    "nrf52840",
                    "--sram",
                    "4KB",
                    "--flash",
                    "32KB",
                    "--schedule",
                    schedule,
                    "--samples",
                    "3",
                    "--json"
                )
                .Json["scales"]!
                .AsArray()
                .Sum(s => (double)s!["feasible"]!);

        Assert.True(Fitting("rows") > Fitting("layers") + 1);
    }

    [Fact]
    public void Space_PublishedTable_StandsBesideOurs()
    {
        var run = CommandRun.Of("space", "paper-table-fit", "--device", "stm32f746", "--model", "tinyengine", "--samples", "20");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("published", run.Output, StringComparison.Ordinal);
        Assert.Contains("w0.5-r144         52.0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Space_NothingFits_IsAnErrorThatNamesTheBest()
    {
        var run = CommandRun.Of(
            "space",
            "digits",
            "--device",
            "nrf52840",
            "--sram",
            "1KB",
            "--model",
            "tinyengine",
            "--samples",
            "10",
            "--json"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Null(run.Json["choice"]);
        Assert.Equal("MCU8007", (string)run.Json["diagnostics"]![0]!["id"]!);
    }

    [Fact]
    public void Space_BadFile_PointsAtLineAndField()
    {
        using var workspace = new Workspace();
        var file = workspace.Write("space.json", "{\n  \"version\": 2\n}");

        var run = CommandRun.Of("space", file, "--device", "nrf52840");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("space.json(2,14): error MCU8005: $.version is 2, but must be 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Space_Out_WritesAReport()
    {
        using var workspace = new Workspace();
        var file = Path.Combine(workspace.Root, "report.html");

        Assert.Equal(
            0,
            CommandRun.Of("space", "digits", "--device", "nrf52840", "--model", "tinyengine", "--samples", "10", "--out", file).ExitCode
        );
        Assert.Contains("</svg>", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(
            2,
            CommandRun
                .Of("space", "digits", "--device", "nrf52840", "--model", "tinyengine", "--samples", "10", "--out", workspace.Root)
                .ExitCode
        );
    }

    [Theory]
    [InlineData("MCU8001", "space", "mbv9", "--device", "nrf52840")]
    [InlineData("MCU5001", "space", "digits", "--device", "nrf99")]
    public void Space_UnknownNames_AreErrors(string id, params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--samples", "0")]
    [InlineData("--bits", "3")]
    [InlineData("--bits", "4")]
    [InlineData("--schedule", "columns")]
    public void Space_SenselessOptions_AreWrongUsage(string option, string value) =>
        Assert.Equal(2, CommandRun.Of("space", "digits", "--device", "nrf52840", option, value).ExitCode);
}
