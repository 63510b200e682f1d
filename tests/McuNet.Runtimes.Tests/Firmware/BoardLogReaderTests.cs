using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using McuNet.Diagnostics;
using McuNet.Runtimes.Firmware;
using Xunit;

namespace McuNet.Runtimes.Tests.Firmware;

/// <summary>board.log is a log of 17 lines and its last, with a debugger's lines around it; its sum was computed elsewhere.</summary>
public sealed class BoardLogReaderTests : IDisposable
{
    private static readonly string Fixture = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Firmware", "board.log"))
        .ReplaceLineEndings("\n");
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_AWholeLog_SaysWhatRanWhereAndHow()
    {
        var log = Read(Fixture).Value;

        Assert.Equal(new BoardIdentity("0.1.0", "net", "0123456789abcdef", "fedcba9876543210", "nrf52840"), log.Identity);
        Assert.Equal(
            ("cortex-m4", 64_000_000L, "dwt", "none", 2, 388, 0),
            (log.Core, log.ClockHz, log.Counter, log.Caches, log.Cases, log.StackBytes, log.Status)
        );
        Assert.Equal(("13.2.1 20231009", "-mthumb -mcpu=cortex-m4 -O2"), (log.Compiler, log.Flags));
        Assert.Null(BoardFailure.Judge(log));
    }

    /// <summary>Five calls of hooks in an inference: one step of layer 0 and four of layer 2.</summary>
    [Fact]
    public void Read_Cycles_AreWithoutThoseOfTheHooks()
    {
        var log = Read(Fixture).Value;

        Assert.Equal(new CycleSpread(10_100 - 5 * 10, 10_200 - 5 * 10), log.Whole);
        Assert.Equal(new CycleSpread(4_007 - 7, 4_009 - 7), log.Layer(0));
        Assert.Null(log.Layer(1));
        Assert.Equal(new CycleSpread(6_028 - 4 * 7, 6_030 - 4 * 7), log.Layer(2));
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "[12:00:01.250] ")]
    public void Read_WhatATerminalAdds_IsIgnored(string newLine, string before)
    {
        var text = string.Join(newLine, Fixture.Split('\n').Select(l => before + l));

        Assert.Equal(10_050, Read(text).Value.Whole!.Least);
        Assert.Equal(10_050, Read(text, Encoding.Unicode).Value.Whole!.Least);
    }

    [Fact]
    public void Read_TwoLogs_TakesTheLast()
    {
        var another = Sealed(
            Lines(Fixture).Select(l => l.Replace("run case=1 cycles=10100", "run case=1 cycles=9100", StringComparison.Ordinal))
        );

        Assert.Equal(9_050, Read(Fixture + another).Value.Whole!.Least);
        Refused(Fixture + another[..^40], "it breaks off after 'mn: ");
    }

    [Fact]
    public void Read_NoCounter_GivesNoCycles()
    {
        var log = Read(Sealed(Lines(Fixture).Select(l => l.Replace("counter=dwt", "counter=none", StringComparison.Ordinal)))).Value;

        Assert.Null(log.Whole);
        Assert.Null(log.Layer(0));
    }

    [Fact]
    public void Read_ALogThatIsNotWhole_SaysWhatIsMissing()
    {
        Refused("", "no line begins a log with 'mn: begin'");
        Refused(
            Fixture[..Fixture.IndexOf("mn: layer index=2", StringComparison.Ordinal)],
            "it breaks off after 'mn: layer index=0 steps=1 cycles=4007'"
        );
        Refused(Fixture.Replace("mn: run case=1 cycles=10100\n", "", StringComparison.Ordinal), "it has 16 lines of 17");
        Refused(
            Fixture.Replace("cycles=10100", "cycles=10000", StringComparison.Ordinal),
            "a character of it was changed or lost on the way"
        );
        Refused(Sealed(Lines(Fixture).Where(l => !l.StartsWith("mn: board", StringComparison.Ordinal))), "it has no line 'mn: board'");
        Refused(Sealed(Lines(Fixture).Select(l => l.Replace("format=1", "format=2", StringComparison.Ordinal))), "it has format 2");
        Refused(
            Sealed(Lines(Fixture).Select(l => l.Replace("cycles=4009", "cycles=many", StringComparison.Ordinal))),
            "'mn: layer index=0 steps=1 cycles=many' has no number as cycles"
        );
    }

    [Fact]
    public void Read_WrongOutputs_AreThereWithTheirLayer()
    {
        var log = Read(
            Sealed(
                [
                    .. Lines(Fixture).Take(6),
                    "mn: wrong case=1 byte=3 is=7 expected=8 differ=2 layer=4",
                    "mn: wrong case=1 byte=10 is=1 expected=0 differ=1",
                    "mn: stack bytes=388",
                ],
                status: 30
            )
        ).Value;

        Assert.Equal([new WrongOutput(1, 3, 7, 8, 2, 4), new WrongOutput(1, 10, 1, 0, 1, null)], log.Wrong.ToArray());
        Assert.Null(BoardFailure.Judge(log));
    }

    [Fact]
    public void Judge_AFaultOnTheBoard_IsThatOfTheRunner()
    {
        var guard = Read(
            Sealed([.. Lines(Fixture).Take(6), "mn: fault broken_case=1", "mn: fault broken_after=5", "mn: stack bytes=388"], status: 21)
        ).Value;
        var fault = Read(
            Sealed([.. Lines(Fixture).Take(6), "mn: fault fault_lr=257", "mn: fault fault_pc=256", "mn: stack bytes=388"], status: 24)
        ).Value;

        Assert.Equal(DiagnosticCatalog.MemoryGuardBroken.Id, BoardFailure.Judge(guard)!.Id);
        Assert.Contains(
            "net wrote 4 bytes past the end of the arena on the board (nrf52840), in case 1",
            BoardFailure.Judge(guard)!.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The program counter was 0x00000100, the link register 0x00000101",
            BoardFailure.Judge(fault)!.Message,
            StringComparison.Ordinal
        );
    }

    private void Refused(string text, string why)
    {
        var diagnostic = Assert.Single(Read(text).Diagnostics);
        Assert.Equal(DiagnosticCatalog.BoardLogUnreadable.Id, diagnostic.Id);
        Assert.Contains($"is not a whole log of a board: {why}", diagnostic.Message, StringComparison.Ordinal);
    }

    private StageResult<BoardLog> Read(string text, Encoding? encoding = null)
    {
        File.WriteAllText(_file, text, encoding ?? new UTF8Encoding(false));
        return BoardLogReader.Read(_file);
    }

    private static string[] Lines(string text) =>
        [
            .. text.Split('\n')
                .Where(l => l.StartsWith("mn: ", StringComparison.Ordinal) && !l.StartsWith("mn: end", StringComparison.Ordinal)),
        ];

    /// <summary>Lines with the last line that belongs to them.</summary>
    private static string Sealed(IEnumerable<string> lines, int status = 0)
    {
        var text = string.Concat(lines.Select(l => l + "\n"));
        var sum = Encoding.UTF8.GetBytes(text).Aggregate(0x811C9DC5u, (value, b) => unchecked((value ^ b) * 0x01000193u));
        return $"{text}mn: end status={status} lines={text.Count(c => c == '\n')} sum={sum}\n";
    }
}
