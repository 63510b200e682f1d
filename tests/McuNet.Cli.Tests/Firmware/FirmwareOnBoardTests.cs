using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests.Firmware;

/// <summary>Firmware projects, built and run on emulated boards, and their logs read back. The cycle counter stands still there, so that
/// SysTick counts.</summary>
public sealed class FirmwareOnBoardTests : IDisposable
{
    /// <summary>SysTick runs at 25 MHz on these boards, an instruction takes 32 ns.</summary>
    private const double TicksPerInstruction = 0.8;

    private readonly Workspace _workspace = new();

    private string Folder => Path.Combine(_workspace.Root, "firmware");

    public void Dispose() => _workspace.Dispose();

    /// <summary>The second row puts a counter of the board, 25 MHz too, in the place of the cycle counter that stands still.</summary>
    [BoardTheory]
    [InlineData("systick", null)]
    [InlineData("dwt", "0x40028018")]
    public void Firmware_OnACortexM4_MeasuresTheInstructionsThatTheEmulatorCounts(string counter, string? cycleCounter)
    {
        Write("nrf52840", "--cases", Cases.OfReference(_workspace));
        var core = Path.Combine(Folder, "bench_core.c");
        File.WriteAllText(core, File.ReadAllText(core).Replace("0xE0001004", cycleCounter ?? "0xE0001004", StringComparison.Ordinal));
        BoardTools.Build(Folder);

        var run = Read("nrf52840", BoardTools.Execute(Folder, "mps2-an386"), "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json;
        Assert.Equal(
            ("digits", "nrf52840", counter, 1, 5),
            ((string)json["name"]!, (string)json["device"]!, (string)json["counter"]!, (int)json["cases"]!, (int)json["runs"]!)
        );
        Assert.Null(json["clockHz"]);
        Assert.Contains("-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard -O2", (string)json["flags"]!, StringComparison.Ordinal);
        var measured = (double)json["measuredCycles"]!;
        Assert.InRange(measured / (TicksPerInstruction * (double)json["instructions"]!), 0.9997, 1.0003);
        Assert.InRange(json["operators"]!.AsArray().Sum(o => (double)o!["measuredCycles"]!) / measured, 0.99, 1.01);
        Assert.Equal(22, json["operators"]!.AsArray().Count);
        Assert.Equal(Math.Round(100 * (measured / (long)json["cycles"]! - 1), 1), (double)json["overCycles"]!);
    }

    [BoardTheory]
    [InlineData("samd21", "microbit", "--optimize", "memory")]
    [InlineData("corstone300", "mps3-an547", "--input", "rows")]
    [InlineData(null, "mps2-an505", "--optimize", "fit")]
    public void Firmware_OnOtherCores_GivesTheOutputsOfTheReference(string? device, string machine, string option, string value)
    {
        device ??= BoardDevice.Write(_workspace, "cortex-m33", "0x10000000", "0x38000000");
        Write(device, option, value);
        BoardTools.Build(Folder);
        var log = BoardTools.Execute(Folder, machine);

        var run = Read(device, log, option, value);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("  outputs of 4 cases exact, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("counter SysTick, since that of the DWT is missing or stands still", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"mn: checks layers=[1-9]\d* wrong=0\n", File.ReadAllText(log));
    }

    /// <summary>The UART of the board is at 0x40004000. The hook ends the emulation, since nothing else would.</summary>
    [BoardFact]
    public void Firmware_WithHooks_SendsItsLogThroughThem()
    {
        var device = BoardDevice.Write(_workspace, "cortex-m7", "0x00000000", "0x20000000");
        var hooks = _workspace.Write(
            "hooks.c",
            """
            #include "bench.h"
            #include "semihost.h"
            #define UART(offset) (*(volatile uint32_t *)(0x40004000u + (offset)))
            uint32_t mn_bench_init(void)
            {
                UART(16) = 16;
                UART(8) = 1;
                return 25000000;
            }
            void mn_bench_putc(char character)
            {
                static char first[6];
                static uint32_t column;
                while (UART(4) & 1) {
                }
                UART(0) = (uint8_t)character;
                if (column < 6)
                    first[column] = character;
                column = character == '\n' ? 0 : column + 1;
                if (column == 0 && first[4] == 'e')
                    semihost(0x18, (const void *)0x20026);
            }
            """
        );
        Write(device);
        BoardTools.Build(Folder, $"-DBENCH_HOOKS={hooks}", "-DBENCH_LAYERS=OFF");

        var run = Read(device, BoardTools.Execute(Folder, "mps2-an500", serial: "file:bench.log"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("clock 25 MHz, caches off", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [BoardFact]
    public void Firmware_WhoseLayerGoesWrong_NamesCaseAndLayer()
    {
        Write("nrf52840");
        var source = Path.Combine(Folder, "model", "digits.c");
        var text = File.ReadAllText(source);
        var offset = Regex.Match(text, @"/\* Layer 13: .*?out  [^\n]*arena \[(\d+),", RegexOptions.Singleline).Groups[1].Value;
        File.WriteAllText(
            source,
            Regex.Replace(
                text,
                @"(?<=digits_run_13\(uint8_t \*arena\)\n\{\n[^\n]+\n)",
                $"    for (int i = 0; i < 40; i++)\n        arena[{offset} + i] ^= 0x40;\n"
            )
        );
        BoardTools.Build(Folder);

        var run = Read("nrf52840", BoardTools.Execute(Folder, "mps2-an386"));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(
            $"error {DiagnosticCatalog.BoardOutputsWrong.Id}: 'digits' on nrf52840 gave wrong outputs in ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(" of 4 cases: in case 0, byte ", run.Error, StringComparison.Ordinal);
        Assert.Contains("the first layer whose result was wrong is 13, 'stages.1.blocks.1.expand'", run.Error, StringComparison.Ordinal);
    }

    private void Write(string device, params string[] more)
    {
        var run = CommandRun.Of(["bench", _workspace.Model, "--device", device, "--firmware", Folder, .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private CommandRun Read(string device, string log, params string[] more) =>
        CommandRun.Of(["bench", _workspace.Model, "--device", device, "--log", log, .. more]);
}
