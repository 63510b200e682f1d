using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests.Firmware;

public sealed class FirmwareCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Folder => Path.Combine(_workspace.Root, "firmware");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Firmware_ForADevice_HoldsWhatItSays()
    {
        var run = Write("nrf52840", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["name", "device", "cases", "files", "diagnostics"], run.Json.Select(p => p.Key));
        Assert.Equal(4, (int)run.Json["cases"]!);
        var files = Directory
            .GetFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'));
        Assert.Equal(
            run.Json["files"]!.AsArray().Select(f => (string)f!).Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(
            Directory.GetFiles(Folder, "*", SearchOption.AllDirectories),
            f => File.ReadAllText(f).Contains('@', StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("nrf52840", false)]
    [InlineData("rp2040", true)]
    public void Readme_OfAProject_IsShortAndSaysHowTheChipBoots(string device, bool header)
    {
        Write(device);

        var readme = File.ReadAllLines(Path.Combine(Folder, "README.md"));
        Assert.InRange(readme.Length, 20, 40);
        Assert.Equal(header, readme.Any(l => l.Contains("needs a header that the vendor's SDK", StringComparison.Ordinal)));
        Assert.Contains(readme, l => l.Contains($"mcunet bench MODEL --device {device} --log bench.log", StringComparison.Ordinal));
    }

    [Fact]
    public void LinkerScript_OfADevice_HasItsMemory()
    {
        Write("stm32h743");

        var script = File.ReadAllText(Path.Combine(Folder, "device.ld"));
        Assert.Contains("FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 2097152", script, StringComparison.Ordinal);
        Assert.Contains("RAM (rwx) : ORIGIN = 0x24000000, LENGTH = 524288", script, StringComparison.Ordinal);
        Assert.Contains("#define BENCH_CACHES 1", File.ReadAllText(Path.Combine(Folder, "bench_config.h")), StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_CasesOfAFolder_AreItsInputsAndTheReferencesOutputs()
    {
        Assert.Equal(0, Write("nrf52840", "--cases", Cases.OfReference(_workspace, error: 1)).ExitCode);
        Assert.Contains("#define BENCH_CASES 1u", File.ReadAllText(Path.Combine(Folder, "bench_config.h")), StringComparison.Ordinal);
        Assert.Contains(
            " = {\n    " + string.Join(",", File.ReadAllBytes(Path.Combine(_workspace.Root, "cases", "in.bin")).Take(32)) + ",\n",
            File.ReadAllText(Path.Combine(Folder, "bench_cases.c")),
            StringComparison.Ordinal
        );

        Raises(
            Write("nrf52840", "--cases", Cases.OfReference(_workspace, error: 5)),
            DiagnosticCatalog.ExecutorsDisagree,
            "'digits' on reference differs from the cases in 1 of 10 elements"
        );
    }

    [Fact]
    public void Firmware_ForACoreThatIsNoCortexM_RaisesFirmwareNotPossible() =>
        Raises(Write("esp32"), DiagnosticCatalog.FirmwareNotPossible, "its core is Xtensa LX6");

    [Fact]
    public void Firmware_FlashFullOfTheNetwork_RaisesFirmwareCaseTooLarge() =>
        Raises(
            Write(BoardDevice.Write(_workspace, "cortex-m4", "0x00000000", "0x20000000", flashBytes: 26 * 1024, reservedFlash: 1024)),
            DiagnosticCatalog.FirmwareCaseTooLarge,
            "bytes of the 26,624 bytes of flash of emulated; a case takes 882 more"
        );

    [Fact]
    public void Firmware_ModelBeyondItsBudget_IsNotWritten()
    {
        Raises(Write("nrf52840", "--sram", "1KB"), DiagnosticCatalog.SramBudgetExceeded, "'digits'");
        Assert.False(Directory.Exists(Folder));
    }

    [Theory]
    [InlineData("--cases", "folder")]
    [InlineData("--firmware", "folder", "--log", "file")]
    public void Bench_OptionsThatDoNotGoTogether_AreWrongUsage(params string[] options)
    {
        var run = CommandRun.Of(["bench", _workspace.Model, "--device", "nrf52840", .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    private CommandRun Write(string device, params string[] more) =>
        CommandRun.Of(["bench", _workspace.Model, "--device", device, "--firmware", Folder, .. more]);

    private static void Raises(CommandRun run, DiagnosticDescriptor row, string message)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error {row.Id}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
