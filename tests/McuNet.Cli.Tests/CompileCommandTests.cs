using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using McuNet.Execution.Tests.Models;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class CompileCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Compile_ModelThatFits_WritesAllFilesAndDescribesThem()
    {
        var run = _workspace.Compile();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["CMakeLists.txt", "digits.c", "digits.engine.g.cs", "digits.h", "digits.mcunet"], _workspace.Files);
        Assert.StartsWith("digits on nRF52840 (Cortex-M4F, 64 MHz)", run.Output, StringComparison.Ordinal);
        Assert.Contains(_workspace.Out, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WeightsBesideTheModel_GivesTheSameCodeAndNamesTheFile()
    {
        _workspace.Compile();
        var before = File.ReadAllText(Path.Combine(_workspace.Out, "digits.c"));
        ExternalWeights.Write(_workspace.Model, "digits.onnx.data");

        var run = _workspace.Compile("--json");
        Assert.Equal((0, before), (run.ExitCode, File.ReadAllText(Path.Combine(_workspace.Out, "digits.c"))));
        Assert.Equal([Path.Combine(_workspace.Root, "digits.onnx.data")], run.Json["external"]!.AsArray().Select(f => (string)f!));
    }

    [Fact]
    public void Compile_Summary_WritesTheFiguresForScriptsAndPeople()
    {
        var run = _workspace.Compile("--summary", "--json", "--latency", "9s");

        Assert.Equal(
            ["CMakeLists.txt", "digits.c", "digits.engine.g.cs", "digits.h", "digits.json", "digits.mcunet", "digits.md"],
            _workspace.Files
        );
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(_workspace.Out, "digits.json")))!.AsObject();
        Assert.Equal(run.Json["sram"]!.ToJsonString(), json["sram"]!.ToJsonString());
        var line = (string)run.Json["summary"]!;
        Assert.Matches(
            @"^digits on nrf52840: SRAM [0-9,]+ of 253,952 bytes \([0-9]+ %; arena [0-9,]+, stack [0-9,]+\), flash [0-9,]+ of [0-9,]+ bytes \([0-9]+ %\), about [0-9.]+ of 9000 ms \(0 %\), about [0-9.]+ mJ$",
            line
        );
        Assert.Contains($"arena {(int)json["sram"]!["arena"]!:N0}", line, StringComparison.Ordinal);
        Assert.Contains(
            $"| SRAM | {(int)json["sram"]!["total"]!:N0} bytes | 253,952 bytes |",
            File.ReadAllText(Path.Combine(_workspace.Out, "digits.md")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1.04, true)]
    [InlineData(1.06, false)]
    public void Compile_BudgetNearlyUsed_Warns(double factor, bool warns)
    {
        var need = (long)_workspace.Compile("--json", "--optimize", "memory").Json["sram"]!["total"]!;

        var run = _workspace.Compile("--json", "--optimize", "memory", "--sram", $"{(long)(need * factor)}");

        Assert.Equal(0, run.ExitCode);
        var found = run.Json["diagnostics"]!.AsArray();
        Assert.Equal(warns ? ["MCU4020"] : [], found.Select(d => (string)d!["id"]!));
        if (warns)
            Assert.Contains(
                $"of its SRAM: {need:N0} of {(long)(need * factor):N0} bytes on nrf52840. No schedule needs less.",
                (string)found[0]!["message"]!,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Compile_SharedKernels_WritesThemToFilesOfTheirOwn()
    {
        var run = _workspace.Compile("--kernels", "shared");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, _workspace.Files.Count(f => f.StartsWith("mcunet_kernels_", StringComparison.Ordinal)));
        Assert.DoesNotContain("MN_KERNEL void mn_", File.ReadAllText(Path.Combine(_workspace.Out, "digits.c")), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Timings_NamesEveryPhaseInItsOrder()
    {
        var timings = _workspace.Compile("--timings", "--json").Json["timings"]!.AsArray();
        Assert.Equal(
            ["read", "import", "passes", "kernels", "schedules", "memory", "check", "measure", "emit", "write"],
            timings.Select(t => (string)t!["phase"]!)
        );
        Assert.All(timings, t => Assert.True((double)t!["ms"]! >= 0));
        Assert.Matches(@"\n  phases read \d+, import \d+, .*, write \d+ ms; \d+ ms in all\n", _workspace.Compile("--timings").Output);
        Assert.Null(_workspace.Compile("--json").Json["timings"]);
    }

    [Fact]
    public void Compile_Step_DeclaresItAndItsLongestPiece()
    {
        Assert.Equal(0, _workspace.Compile("--step").ExitCode);

        var header = File.ReadAllText(Path.Combine(_workspace.Out, "digits.h"));
        Assert.Contains("int digits_step(uint8_t *arena, digits_progress *progress);", header, StringComparison.Ordinal);
        Assert.Matches("#define DIGITS_PIECE_CYCLES [1-9][0-9]*\n", header);
    }

    [Fact]
    public void Compile_WeightsAsABlob_WritesAFileOfTheSizeThatTheHeaderStates()
    {
        var inCode = _workspace.Compile("--json").Json["flash"]!;

        var run = _workspace.Compile("--weights", "blob", "--json");

        Assert.Equal(0, run.ExitCode);
        var bytes = new FileInfo(Path.Combine(_workspace.Out, "digits.weights.bin")).Length;
        Assert.Contains(
            $"#define DIGITS_WEIGHTS_BYTES {bytes}\n",
            File.ReadAllText(Path.Combine(_workspace.Out, "digits.h")),
            StringComparison.Ordinal
        );
        Assert.Equal((long)inCode["weights"]!, (long)run.Json["flash"]!["weights"]!);
        Assert.InRange((long)run.Json["flash"]!["code"]!, (long)inCode["code"]! - 500, (long)inCode["code"]! + 2000);
    }

    [Fact]
    public void Compile_Json_HasTheDocumentedFields()
    {
        var json = _workspace.Compile("--json").Json;

        Assert.Equal(
            [
                "name",
                "device",
                "summary",
                "fits",
                "sram",
                "states",
                "window",
                "flash",
                "macs",
                "macFactor",
                "inputPasses",
                "cycles",
                "latencyMs",
                "memory",
                "energyMj",
                "segments",
                "pareto",
                "faster",
                "nano",
                "diagnostics",
                "files",
                "external",
            ],
            json.Select(p => p.Key)
        );
        Assert.All(
            ["arena", "stack", "total", "budget", "peakAt", "provedOptimal", "lowerBound", "gap", "weights", "scratch"],
            k => Assert.NotNull(json["sram"]![k])
        );
        Assert.All(["weights", "code", "codeIs", "total", "budget", "kernels"], k => Assert.NotNull(json["flash"]![k]));
        Assert.All(["operators", "mode", "blocks", "bytes"], k => Assert.NotNull(json["segments"]![0]![k]));
        Assert.All(["bytes", "macFactor", "cycles"], k => Assert.NotNull(json["pareto"]![0]![k]));
        Assert.True((bool)json["fits"]!);
        Assert.Equal((long)json["sram"]!["total"]!, (long)json["sram"]!["arena"]! + (long)json["sram"]!["stack"]!);
        Assert.Equal((long)json["flash"]!["total"]!, (long)json["flash"]!["weights"]! + (long)json["flash"]!["code"]!);
        Assert.Equal(_workspace.Files, json["files"]!.AsArray().Select(f => (string)f!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compile_FlashOfTheFastKernelsLessOne_TakesSmallerOnesAndSaysSo()
    {
        var fast = _workspace.Compile("--json").Json["flash"]!;

        var run = _workspace.Compile("--flash", $"{(long)fast["total"]! - 1}", "--json");

        Assert.Equal("fast", (string?)fast["kernels"]);
        Assert.Equal(0, run.ExitCode);
        Assert.NotEqual("fast", (string?)run.Json["flash"]!["kernels"]);
        Assert.True((long)run.Json["flash"]!["total"]! < (long)fast["total"]!);
    }

    [Fact]
    public void Compile_CalibrationOfAQuantizedModel_IsSaidToBeUnused()
    {
        var run = _workspace.Compile("--calibration", "samples");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"warning {DiagnosticCatalog.CalibrationUnused.Id}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_Again_LeavesUnchangedFilesAlone()
    {
        _workspace.Compile();
        var long_ago = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (var file in _workspace.Files)
            File.SetLastWriteTimeUtc(Path.Combine(_workspace.Out, file), long_ago);
        File.AppendAllText(Path.Combine(_workspace.Out, "digits.h"), "changed");

        _workspace.Compile();

        Assert.Equal(["digits.h"], _workspace.Files.Where(f => File.GetLastWriteTimeUtc(Path.Combine(_workspace.Out, f)) != long_ago));
    }

    [Fact]
    public void Compile_TooLittleSram_SaysSoAndWritesNothing()
    {
        var run = _workspace.Compile("--sram", "700");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error MCU4001: 'digits' needs", run.Error, StringComparison.Ordinal);
        Assert.Empty(_workspace.Files);
    }

    [Fact]
    public void Compile_TooLittleSramAsJson_PutsTheDiagnosticIntoTheObject()
    {
        var run = _workspace.Compile("--sram", "700", "--json");

        Assert.Equal((1, "", false), (run.ExitCode, run.Error, (bool)run.Json["fits"]!));
        var found = Assert.Single(run.Json["diagnostics"]!.AsArray())!.AsObject();
        Assert.Equal(["id", "severity", "message", "file", "line"], found.Select(p => p.Key));
        Assert.Equal(("MCU4001", "error"), ((string)found["id"]!, (string)found["severity"]!));
    }

    [Theory]
    [InlineData("1KB", 1024)]
    [InlineData("1kib", 1024)]
    [InlineData("64K", 65536)]
    [InlineData("0.5MB", 524288)]
    [InlineData("65536", 65536)]
    [InlineData("65536 B", 65536)]
    public void Compile_SramSize_IsReadWithItsUnit(string text, long bytes) =>
        Assert.Equal(bytes, (long)_workspace.Compile("--sram", text, "--json").Json["sram"]!["budget"]!);

    [Fact]
    public void Compile_ReservedMemory_LeavesTheRestAsBudget()
    {
        var json = _workspace.Compile("--reserve-sram", "56KB", "--reserve-flash", "24KB", "--json").Json;

        Assert.Equal(((256 - 56) * 1024, (1024 - 24) * 1024), ((long)json["sram"]!["budget"]!, (long)json["flash"]!["budget"]!));
    }

    [Theory]
    [InlineData("c", "CMakeLists.txt digits.c digits.h")]
    [InlineData("csharp", "digits.engine.g.cs digits.mcunet")]
    public void Compile_OneTarget_WritesItsFilesOnly(string target, string files)
    {
        Assert.Equal(0, _workspace.Compile("--target", target).ExitCode);
        Assert.Equal(files, string.Join(' ', _workspace.Files));
    }

    [Fact]
    public void Compile_Name_PrefixesFilesAndSymbols()
    {
        _workspace.Compile("--name", "reader", "--target", "c");

        Assert.Contains("reader.h", _workspace.Files);
        Assert.Contains("void reader_invoke(", File.ReadAllText(Path.Combine(_workspace.Out, "reader.h")), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_InputAsRows_OffersTheRowSource()
    {
        _workspace.Compile("--input", "rows", "--target", "c");

        Assert.Contains("digits_invoke_rows(", File.ReadAllText(Path.Combine(_workspace.Out, "digits.h")), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_PassesThatGainNothing_AsksForEveryRowOnce()
    {
        var json = _workspace.Compile("--input", "rows", "--passes", "4", "--optimize", "latency", "--json").Json;

        Assert.Equal((1, 1.0), ((int)json["inputPasses"]!, (double)json["macFactor"]!));
        Assert.Contains(
            "#define DIGITS_INPUT0_PASSES 1\n",
            File.ReadAllText(Path.Combine(_workspace.Out, "digits.h")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compile_ResponseFileWithSpaces_EqualsTheCommandLine()
    {
        var response = _workspace.Write(
            "digits.rsp",
            $"compile\n\"{_workspace.Model}\"\n--device\nnrf52840\n--out\n\"{_workspace.Out}\"\n--json\n"
        );

        var run = CommandRun.Of("@" + response);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(_workspace.Compile("--json").Output, run.Output);
    }

    [Fact]
    public void Compile_DeviceFile_ServesAsDevice()
    {
        var manifest = File.ReadAllText(
            Path.Combine(Workspace.Repository, "src", "McuNet.Compiler", "Devices", "Manifests", "nrf52840.json")
        );
        var file = _workspace.Write("my board.json", manifest.Replace("\"nrf52840\"", "\"myboard\"", StringComparison.Ordinal));

        var run = CommandRun.Of("compile", _workspace.Model, "--device", file, "--out", _workspace.Out, "--json");

        Assert.Equal((0, "myboard"), (run.ExitCode, (string)run.Json["device"]!));
    }
}
