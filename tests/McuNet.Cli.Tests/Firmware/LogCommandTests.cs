using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Cli.Tests.Firmware;

/// <summary>Logs as text, as if a board had printed them for the project that the command writes.</summary>
public sealed class LogCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Log_OfThisModel_StandsBesideItsFigures()
    {
        var file = Log(
            "mn: hooks idle=10 measuring=7\nmn: run case=0 cycles=640020\nmn: run case=1 cycles=640050\nmn: run case=0 cycles=700000\n"
                + "mn: layer index=0 steps=1 cycles=200007\nmn: layer index=21 steps=1 cycles=1007\nmn: stack bytes=400\n"
        );

        var run = Read(file, "--json");
        var text = Read(file);

        Assert.Equal((0, "", 0, ""), (run.ExitCode, run.Error, text.ExitCode, text.Error));
        Assert.Equal(
            (64_000_000, 640_000, 640_030, 10.0),
            ((int)run.Json["clockHz"]!, (int)run.Json["measuredCycles"]!, (int)run.Json["measuredMedian"]!, (double)run.Json["measuredMs"]!)
        );
        var device = (long)run.Json["deviceCycles"]!;
        Assert.Equal(Math.Round(100.0 * (640_000 - device) / device, 1), (double)run.Json["overDeviceCycles"]!);
        Assert.Equal(
            [("stem", 200_000), ("classifier", 1_000)],
            run.Json["operators"]!.AsArray().Select(o => ((string)o!["name"]!, (int)o["measuredCycles"]!))
        );
        Assert.Contains(
            "  outputs of 2 cases exact, stack 400, clock 64 MHz, caches none, counter DWT\n  cycles measured 640,000, median 640,030 of 3 runs, 10 ms; ",
            text.Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Matches(@"\n  stem +mn_conv_s8_dsp +200,000 +200,000 ", text.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Log_OfAnother_RaisesBoardLogOfOther()
    {
        Raises(
            Read(Log(Whole, device: "stm32f411")),
            DiagnosticCatalog.BoardLogOfOther,
            "is a log of the device stm32f411, not of nrf52840. Give --log the model, the device and the options"
        );
        Raises(
            Read(Log(Whole, file: "0000000000000000")),
            DiagnosticCatalog.BoardLogOfOther,
            "is a log of the model digits (0000000000000000), not of digits ("
        );
        Raises(Read(Log(Whole), "--optimize", "memory"), DiagnosticCatalog.BoardLogOfOther, "is a log of generated C with the hash ");
    }

    [Fact]
    public void Log_BrokenOff_RaisesBoardLogUnreadable()
    {
        var file = Log(Whole);
        File.WriteAllText(file, File.ReadAllText(file).Replace("mn: stack bytes=400\n", "", StringComparison.Ordinal));

        Raises(Read(file), DiagnosticCatalog.BoardLogUnreadable, "is not a whole log of a board: it has 6 lines of 7");
        Raises(Read("no such file"), DiagnosticCatalog.BoardLogUnreadable, "'no such file' is not a whole log of a board: ");
    }

    [Fact]
    public void Log_WithWrongOutputs_RaisesBoardOutputsWrong()
    {
        var unseen = Log("mn: wrong case=1 byte=3 is=7 expected=8 differ=2\nmn: stack bytes=400\n", status: 30);

        Raises(
            Read(unseen),
            DiagnosticCatalog.BoardOutputsWrong,
            "'digits' on nrf52840 gave wrong outputs in 1 of 2 cases: in case 1, byte 3 is 7 and must be 8 (2 bytes of that output differ); which layer it began in was not seen."
        );
    }

    [Fact]
    public void Log_OfAFault_SaysWhere() =>
        Raises(
            Read(Log("mn: fault broken_case=0\nmn: fault broken_before=4\nmn: stack bytes=400\n", status: 21)),
            DiagnosticCatalog.MemoryGuardBroken,
            "digits wrote 4 bytes before the arena on the board (nrf52840), in case 0"
        );

    private const string Whole = "mn: run case=0 cycles=640000\nmn: stack bytes=400\n";

    private CommandRun Read(string log, params string[] more) =>
        CommandRun.Of(["bench", _workspace.Model, "--device", "nrf52840", "--log", log, .. more]);

    private string Log(string rest, string device = "nrf52840", string? file = null, int status = 0)
    {
        var folder = Path.Combine(_workspace.Root, "firmware");
        CommandRun.Of("bench", _workspace.Model, "--device", "nrf52840", "--firmware", folder);
        var configuration = File.ReadAllText(Path.Combine(folder, "bench_config.h"));
        string Value(string macro) => Regex.Match(configuration, $"{macro} \"([^\"]+)\"").Groups[1].Value;
        var text =
            $"""
                mn: begin format=1 project={Value("BENCH_PROJECT")}
                mn: model name=digits file={file ?? Value("BENCH_MODEL_HASH")} code={Value("BENCH_CODE_HASH")} cases=2
                mn: board device={device} core=cortex-m4 clock=64000000 counter=dwt caches=none
                mn: compiler version=12.2.1 20221205
                mn: flags model=-mthumb -mcpu=cortex-m4 -O2

                """.ReplaceLineEndings("\n") + rest;
        var sum = Encoding.UTF8.GetBytes(text).Aggregate(0x811C9DC5u, (value, b) => unchecked((value ^ b) * 0x01000193u));
        return _workspace.Write("bench.log", $"{text}mn: end status={status} lines={text.Count(c => c == '\n')} sum={sum}\n");
    }

    private static void Raises(CommandRun run, DiagnosticDescriptor row, string message)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error {row.Id}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
