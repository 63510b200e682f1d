using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Cli.Printing;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>docs/cli.md names every command and option that the help shows, and nothing else.</summary>
public sealed class CommandLineDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Workspace.Repository, "docs", "cli.md"));

    [Fact]
    public void Document_Options_AreThoseOfTheHelp()
    {
        var help = Commands().Select(c => CommandRun.Of(c, "--help").Output);
        var offered = help.SelectMany(Options).Where(o => o is not "--help" and not "--version").Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(offered, Options(Document).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_Headings_AreTheCommands() =>
        Assert.Equal(Commands(), Regex.Matches(Document, "^## mcunet (\\w+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value));

    private static string[] Commands()
    {
        var help = CommandRun.Of("--help").Output;
        return Regex
            .Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..], "^  (\\w+)", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value)
            .ToArray();
    }

    private static string[] Options(string text) => Regex.Matches(text, "(?<![\\w-])--[a-z][a-z-]*").Select(m => m.Value).ToArray();
}
