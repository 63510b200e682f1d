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
        var choice = run.Output.Split('\n').Single(l => l.EndsWith("<- choice", StringComparison.Ordinal)).Split(' ')[0];
        Assert.Contains($"winner {choice} ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "published",
            CommandRun
                .Of("space", "paper-table-fit", "--device", "stm32f746", "--model", "tinyengine", "--samples", "5", "--sram", "320KB")
                .Output,
            StringComparison.Ordinal
        );
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
    [InlineData("--latency", "5ms")]
    [InlineData("--schedule", "both")]
    public void Space_WhatTheModelOfTinyEngineDoesNotKnow_IsWrongUsage(string option, string value) =>
        Assert.Equal(2, CommandRun.Of("space", "digits", "--device", "nrf52840", "--model", "tinyengine", option, value).ExitCode);

    [Theory]
    [InlineData("--samples", "0")]
    [InlineData("--bits", "3")]
    [InlineData("--bits", "4")]
    [InlineData("--schedule", "columns")]
    [InlineData("--sram", "8KB,many")]
    [InlineData("--latency", "-1")]
    public void Space_SenselessOptions_AreWrongUsage(string option, string value) =>
        Assert.Equal(2, CommandRun.Of("space", "digits", "--device", "nrf52840", option, value).ExitCode);

    /// <summary>One run with both kinds of schedules and three SRAM budgets says what three runs with one of each say.</summary>
    [Fact]
    public void Space_BothSchedulesOfAGrid_AreThoseOfSingleRuns()
    {
        string[] common = ["space", "digits", "--device", "nrf52840", "--samples", "4", "--json"];
        var grid = CommandRun.Of([.. common, "--schedule", "both", "--sram", "6KB,3KB,9KB", "--flash", "24KB,48KB"]).Json[
            "grid"
        ]!.AsArray();

        Assert.Equal(6, grid.Count);
        foreach (var (place, sram, flash) in new[] { (0, "3KB", "24KB"), (3, "6KB", "48KB"), (4, "9KB", "24KB") })
        {
            foreach (var (judge, schedule) in new[] { (0, "layers"), (1, "rows") })
            {
                var alone = CommandRun.Of([.. common, "--schedule", schedule, "--sram", sram, "--flash", flash]).Json["choice"];
                var cell = grid[place]!["choices"]![judge]!;
                Assert.Equal(((string?)alone?["name"], (long?)alone?["meanMacs"]), ((string?)cell["name"], (long?)cell["meanMacs"]));
            }
        }
    }

    [Fact]
    public void Space_BothSchedules_SaysWhatTheyOpenUp()
    {
        using var workspace = new Workspace();
        var file = Path.Combine(workspace.Root, "both.html");
        var run = CommandRun.Of([
            "space",
            "digits",
            "--device",
            "nrf52840",
            "--sram",
            "4KB",
            "--flash",
            "24KB",
            "--schedule",
            "both",
            "--samples",
            "8",
            "--out",
            file,
        ]);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"The mean network that fits has 0\.[0-9]{2} MMACs layer by layer \(w[0-9.]+-r16\), 0\.[2-4][0-9] MMACs all schedules .* [2-6]\.[0-9]{2} x\.",
            run.Output
        );
        Assert.Contains("scales, layer by layer 16/16", run.Error, StringComparison.Ordinal);
        Assert.Contains("scales, all schedules 16/16", run.Error, StringComparison.Ordinal);
        Assert.InRange(run.Error.Split('\n').Length, 4, 26);
        Assert.Contains("aria-label=\"Networks that fit, by schedule\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Space_WithATimeLimit_KeepsFewerNetworksAndSaysWhyNothingFits()
    {
        CommandRun Of(params string[] limits) =>
            CommandRun.Of(["space", "digits", "--device", "nrf52840", "--schedule", "layers", "--samples", "10", "--json", .. limits]);
        double Fitting(CommandRun run) => run.Json["scales"]!.AsArray().Sum(s => (double)s!["feasible"]!);

        Assert.InRange(Fitting(Of("--latency", "10ms")), 1, Fitting(Of()) - 1);
        Assert.InRange(Fitting(Of("--energy", "0.1mJ")), 1, Fitting(Of()) - 1);
        var nothing = Of("--latency", "0.1ms");
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains(
            "100 % take too much time or energy, the least",
            (string)nothing.Json["diagnostics"]![0]!["message"]!,
            StringComparison.Ordinal
        );
    }
}
