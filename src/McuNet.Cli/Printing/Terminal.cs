using System.IO;
using Spectre.Console;

namespace McuNet.Cli.Printing;

/// <summary>A terminal with colours and lines that are written over, as its kind, NO_COLOR and TERM allow. Only where a person watches:
/// files and other programs get plain text.</summary>
internal static class Terminal
{
    /// <param name="writer">Standard output or error.</param>
    public static IAnsiConsole Of(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.Yes });
}
