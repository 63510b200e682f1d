using System;
using System.IO;
using System.Linq;
using McuNet.Cli.Printing;
using Spectre.Console;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class TextTableTests
{
    private static readonly string[] Plain =
    [
        "device    MHz  fits",
        "nrf52840   64  yes",
        "samd21     48  no: 12 bytes of SRAM too many",
        "rp2040    not possible: no such kernel",
    ];

    [Fact]
    public void Lines_ShortLine_WidensNoColumn() => Assert.Equal(Plain, Table().Lines());

    [Fact]
    public void Draw_WideWindow_IsTheSameButForTheShortLine()
    {
        var drawn = Drawn(100);

        Assert.Equal(Plain.SkipLast(1), drawn.SkipLast(1));
        Assert.Equal("rp2040         not possible: no such kernel", drawn[^1]);
    }

    [Fact]
    public void Draw_NarrowWindow_GoesOnInTheLastColumn() =>
        Assert.Equal(
            [
                "  device    MHz  fits",
                "  nrf52840   64  yes",
                "  samd21     48  no: 12 bytes of SRAM too",
                "                 many",
                "  rp2040         not possible: no such",
                "                 kernel",
            ],
            Drawn(44, indent: 2)
        );

    [Fact]
    public void Draw_WindowNarrowerThanTheOtherColumns_CutsNothing()
    {
        Assert.Equal(Drawn(39), Drawn(10));
        Assert.Contains("nrf52840   64  yes", Drawn(10));
    }

    [Fact]
    public void Draw_Terminal_ColoursWhatFits()
    {
        var output = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(output),
            }
        );

        Table().Draw(terminal, 0);

        Assert.Contains("\u001b[1mdevice\u001b[0m", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[32myes\u001b[0m", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[91mno: 12 bytes", output.ToString(), StringComparison.Ordinal);
    }

    private static TextTable Table()
    {
        var table = new TextTable("device", ">MHz", "fits");
        table.Add("nrf52840", "64", "yes");
        table.Add("samd21", "48", "no: 12 bytes of SRAM too many");
        table.Add("rp2040", "not possible: no such kernel");
        return table;
    }

    private static string[] Drawn(int width, int indent = 0)
    {
        var output = new StringWriter { NewLine = "\n" };
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        terminal.Profile.Width = width;
        Table().Draw(terminal, indent);
        return [.. output.ToString().TrimEnd().Split('\n').Select(l => l.TrimEnd())];
    }
}
