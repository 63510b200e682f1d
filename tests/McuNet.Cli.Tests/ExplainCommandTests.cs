using System;
using System.Linq;
using McuNet.Cli.Printing;
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
        foreach (
            var part in new[] { "Why this schedule: ", "  taken ", "Segments, ", "Why these bytes: the arena has ", "Which kernels, " }
        )
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Json_HasWhatCompileHas()
    {
        using var workspace = new Workspace();
        var compiled = CommandRun.Of("compile", workspace.Model, "--device", "nrf52840", "--out", workspace.Root, "--json").Json;

        var why = CommandRun.Of("explain", workspace.Model, "--device", "nrf52840", "--json").Json;

        Assert.Equal(
            ((long)compiled["sram"]!["total"]!, (int)compiled["sram"]!["arena"]!, (long)compiled["cycles"]!),
            ((long)why["sram"]!, (int)why["arena"]!, (long)why["cycles"]!)
        );
        Assert.Equal((string)compiled["sram"]!["peakAt"]!, (string)why["peak"]!["at"]!);
        Assert.Equal(
            compiled["segments"]!.AsArray().Select(s => s!["operators"]!.ToJsonString() + s["mode"]),
            why["segments"]!.AsArray().Select(s => s!["operators"]!.ToJsonString() + s["mode"])
        );
    }

    /// <summary>Its arena grows for weights: what is proved is so of the arena without them.</summary>
    [McuNet.Compiler.Tests.SharedFact]
    public void Explain_ArenaWithWeights_SaysOfItsProofWhatCompileSays()
    {
        using var workspace = new Workspace();
        var model = McuNet.Compiler.Tests.Shared.Path("models", "onnx", "mltk_fingerprint_int8.onnx");
        var sram = CommandRun.Of("compile", model, "--device", "stm32l4r5", "--out", workspace.Root, "--json").Json["sram"]!;

        var (text, json) = (
            CommandRun.Of("explain", model, "--device", "stm32l4r5").Output,
            CommandRun.Of("explain", model, "--device", "stm32l4r5", "--json").Json
        );

        Assert.True((bool)sram["provedOptimal"]! && (int)sram["weights"]! > 0);
        Assert.True((bool)json["provedOptimal"]!);
        Assert.Contains(
            $"{sram["weights"]} of them for weights alone; without these no smaller one exists for this schedule.",
            text,
            StringComparison.Ordinal
        );
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
