using System;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class DevicesCommandTests
{
    [Fact]
    public void Devices_Columns_LineUp()
    {
        var lines = CommandRun.Of("devices").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var core = lines[0].IndexOf("core", StringComparison.Ordinal);
        Assert.All(lines, l => Assert.True(l[core - 1] == ' ' && l[core - 2] == ' ' && l[core] != ' ', l));
        Assert.Single(lines.Select(l => l.Length).Distinct());
    }

    [Fact]
    public void Devices_Table_HasALineForEach()
    {
        var run = CommandRun.Of("devices");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            DeviceDatabase.All.Select(d => d.Id),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(' ')[0])
        );
    }

    [Fact]
    public void Devices_Json_GivesMemoryAndSourcesOfEach()
    {
        var devices = CommandRun.Of("devices", "--json").Json["devices"]!.AsArray();

        var known = devices.Single(d => (string)d!["id"]! == "nrf52840")!;
        Assert.Equal(("Cortex-M4F", 64_000_000L, 262_144L), ((string)known["core"]!, (long)known["clockHz"]!, (long)known["sram"]!));
        Assert.All(devices, d => Assert.NotEmpty(d!["sources"]!.AsArray()));
    }
}
