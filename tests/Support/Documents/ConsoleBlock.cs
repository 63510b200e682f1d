using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace McuNet.Tests.Documents;

/// <summary>A command as a document shows it, with the output below it, which may be empty where none is shown.</summary>
/// <param name="Comment">What stands behind a "#" on its line.</param>
/// <param name="First">The first line of the output in the document, from 0.</param>
internal sealed record ShownCommand(DocumentBlock Block, string Line, string Comment, int First, ImmutableArray<string> Output)
{
    /// <summary>
    /// Whether the command is to end with another exit code than 0: the output that is shown holds an error, or a comment says so.
    /// </summary>
    public bool Fails =>
        Comment.Contains("exit code 1", StringComparison.Ordinal) || Output.Any(l => Regex.IsMatch(l, "error MCU[0-9]{4}"));

    /// <summary>
    /// The commands of a console block. A line that begins with "$ " is a command, one that ends with "\" goes on in the next; what
    /// follows is its output, in which a line "..." stands for any lines.
    /// </summary>
    public static ImmutableArray<ShownCommand> Of(DocumentBlock block)
    {
        var commands = ImmutableArray.CreateBuilder<ShownCommand>();
        var all = block.Text.TrimEnd('\n').Split('\n');
        var lines = new Queue<string>(all);
        while (lines.TryDequeue(out var line))
        {
            Assert.True(line.StartsWith("$ ", StringComparison.Ordinal), $"{block}: a console block begins with a command, '$ …'");
            var command = line[2..];
            while (command.EndsWith('\\'))
                command = command[..^1] + lines.Dequeue().TrimStart();
            var first = block.Line + all.Length - lines.Count;
            var output = ImmutableArray.CreateBuilder<string>();
            while (lines.TryPeek(out var next) && !next.StartsWith("$ ", StringComparison.Ordinal))
                output.Add(lines.Dequeue().TrimEnd());
            while (output.Count > 0 && output[^1].Length == 0)
                output.RemoveAt(output.Count - 1);
            var parts = Regex.Match(command, @"^(.*?)(?:\s+# (.*))?$");
            commands.Add(new ShownCommand(block, parts.Groups[1].Value.Trim(), parts.Groups[2].Value, first, output.ToImmutable()));
        }
        return commands.ToImmutable();
    }

    public void CheckEnd(int exitCode, string printed) =>
        Assert.True(
            exitCode == 0 != Fails,
            $"{Block}: '{Line}' ended with exit code {exitCode}, which the document does not show:\n{printed}"
        );

    public void CheckOutput(string printed)
    {
        var pattern = "^" + string.Concat(Output.Select(l => IsGap(l) ? "(?:[^\n]*\n)*?" : Regex.Escape(l) + "\n")) + "\n*$";
        Assert.True(
            Output.IsEmpty || Regex.IsMatch(string.Concat(Lines(printed).Select(l => l + "\n")), pattern),
            $"{Block}: '{Line}' no longer prints what the document shows. MCUNET_REGENERATE=1 writes it anew. It prints\n{printed}"
        );
    }

    /// <summary>
    /// The output that the document should show: all that was printed, or, where it leaves lines out, those which are the shown ones but
    /// for numbers, or begin like them. A line that has none of these beside it is for a person to replace.
    /// </summary>
    public IEnumerable<string> Anew(string printed)
    {
        var lines = Lines(printed);
        if (Output.IsEmpty)
            return [];
        if (!Output.Any(IsGap))
            return lines;
        var (anew, next) = (new List<string>(), 0);
        foreach (var shown in Output)
        {
            var found = IsGap(shown) ? -1 : Array.IndexOf(lines, shown, next);
            if (!IsGap(shown) && found < 0)
                found = Array.FindIndex(lines, next, l => WithoutNumbers(l) == WithoutNumbers(shown));
            if (!IsGap(shown) && found < 0)
                found = Array.FindIndex(lines, next, l => Beginning(l) == Beginning(shown));
            Assert.True(IsGap(shown) || found >= 0, $"{Block}: '{Line}' prints no line such as '{shown}':\n{printed}");
            anew.Add(found < 0 ? shown : lines[found]);
            next = Math.Max(next, found + 1);
        }
        return anew;
    }

    private static string[] Lines(string printed) => [.. printed.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(l => l.TrimEnd())];

    private static bool IsGap(string line) => line.Trim() == "...";

    private static string Beginning(string line) => string.Concat(WithoutNumbers(line).Take(40));

    private static string WithoutNumbers(string line) => Regex.Replace(Regex.Replace(line, "[0-9][0-9,.]*", "0"), @"\s+", " ");

    public override string ToString() => $"{Block}: {Line}";
}
