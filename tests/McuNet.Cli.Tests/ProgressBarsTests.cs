using System;
using System.IO;
using McuNet.Cli.Printing;
using Spectre.Console;
using Xunit;

namespace McuNet.Cli.Tests;

public sealed class ProgressBarsTests
{
    private const string ShowCursor = "\u001b[?25h";

    [Fact]
    public void Show_Steps_AreDrawnUntilTheEndTakesThemAway()
    {
        var output = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
            }
        );

        using (var bars = new ProgressBars(terminal))
        {
            bars.Show("data [set]", 1, 0, "");
            bars.Show("evolution", 3, 4, ", best so far 90.00 %");
        }

        Assert.Contains(" 75% ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("evolution 3/4, best so far 90.00 %", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(ShowCursor, output.ToString(), StringComparison.Ordinal);
    }
}
