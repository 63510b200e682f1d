using System;
using System.Linq;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ExplainCommandTests
{
    [Fact]
    public void Explain_Text_SaysWhyThisScheduleTheseBytesAndThatKernel()
    {
        using var workspace = new Workspace();

        var run = CommandRun.Of("explain", workspace.Model, "--device", "nrf52840");

        Assert.Equal(0, run.ExitCode);
        foreach (var part in new[] { "Why this schedule: ", "  taken ", "Segments, ", "Why these bytes: the arena has ", "Which kernels, " })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Json_HasWhatCompileHas()
    {
        using var workspace = new Workspace();
        var compiled = CommandRun.Of("compile", workspace.Model, "--device", "nrf52840", "--out", workspace.Root, "--json").Json;

        var why = CommandRun.Of("explain", workspace.Model, "--device", "nrf52840", "--json").Json;

        Assert.Equal(((long)compiled["sram"]!["total"]!, (int)compiled["sram"]!["arena"]!, (long)compiled["cycles"]!),
            ((long)why["sram"]!, (int)why["arena"]!, (long)why["cycles"]!));
        Assert.Equal((string)compiled["sram"]!["peakAt"]!, (string)why["peak"]!["at"]!);
        Assert.Equal(
            compiled["segments"]!.AsArray().Select(s => s!["operators"]!.ToJsonString() + s["mode"]),
                why["segments"]!.AsArray().Select(s => s!["operators"]!.ToJsonString() + s["mode"]));
    }

    [Fact]
    public void Explain_Node_ListsTheKernelsOfItsOperator()
    {
        using var workspace = new Workspace();
        var node = (string)CommandRun.Of("explain", workspace.Model, "--device", "nrf52840", "--json").Json["nodes"]![0]!["name"]!;

        var one = CommandRun.Of("explain", workspace.Model, "--device", "nrf52840", "--node", node);

        Assert.Equal(0, one.ExitCode);
        Assert.Contains("taken", one.Output, StringComparison.Ordinal);
        Assert.Equal(2, CommandRun.Of("explain", workspace.Model, "--device", "nrf52840", "--node", "nothing").ExitCode);
    }
}
