using System;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class FitCommandTests
{
    [Fact]
    public void Fit_Table_HasALineForEachDeviceInColumns()
    {
        using var workspace = new Workspace();

        var run = CommandRun.Of("fit", workspace.Model, "--vendor", "nordic");

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("digits: input 28x28x1, ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("fits 5 of 5 devices", lines[0], StringComparison.Ordinal);
        Assert.Equal(["device", "nrf52832", "nrf52833", "nrf52840", "nrf54l15", "nrf5340"], lines[1..].Select(l => l.Split(' ')[0]));
        Assert.All(
            lines[2..],
            l => Assert.Equal(lines[1].IndexOf("fits", StringComparison.Ordinal), l.IndexOf("yes", StringComparison.Ordinal))
        );
    }

    /// <summary>Whether a compiler is installed or not, a budget of a quarter is too small.</summary>
    [Fact]
    public void Fit_DeviceThatItDoesNotFit_NamesChangesAndFails()
    {
        using var workspace = new Workspace();

        var run = CommandRun.Of("fit", workspace.Model, "--core", "m4", "--device", "nrf52840", "--sram", "1500", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("nrf52840", (string)run.Json["wanted"]!);
        var devices = run.Json["devices"]!.AsArray();
        Assert.Equal(DeviceDatabase.All.Count(d => d.Core.Id == "cortex-m4"), devices.Count);
        var own = devices.Single(d => (string)d!["device"]! == "nrf52840")!;
        Assert.Equal((false, 1500L), ((bool)own["fits"]!, (long)own["budget"]!["sram"]!));
        Assert.Equal(1500 - (long)own["sram"]!, (long)own["margin"]!["sram"]!);
        Assert.Contains("rows", run.Json["changes"]!.AsArray().Select(c => (string)c!["change"]!));
        Assert.All(run.Json["changes"]!.AsArray(), c => Assert.True((string?)c!["whyNot"] is not null || c["sram"] is not null));
    }

    [Fact]
    public void Fit_DeviceThatItFits_IsDone() =>
        Assert.Equal(0, CommandRun.Of("fit", new Workspace().Model, "--vendor", "nordic", "--device", "nrf52840").ExitCode);

    [Theory]
    [InlineData("--sram", "64KB")]
    [InlineData("--vendor", "nobody")]
    [InlineData("--passes", "3")]
    public void Fit_SenselessOptions_AreWrongUsage(string option, string value)
    {
        using var workspace = new Workspace();

        Assert.Equal(2, CommandRun.Of("fit", workspace.Model, option, value).ExitCode);
    }

    [Fact]
    public void Fit_UnknownDevice_IsAnError()
    {
        using var workspace = new Workspace();

        var run = CommandRun.Of("fit", workspace.Model, "--device", "nrf99", "--json");

        Assert.Equal((1, "MCU5001"), (run.ExitCode, (string)run.Json["diagnostics"]![0]!["id"]!));
    }
}
