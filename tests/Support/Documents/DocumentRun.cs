using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace McuNet.Tests.Documents;

/// <summary>
/// Runs the commands of a document and compares what they print with what it shows, or, with MCUNET_REGENERATE=1, writes that into it.
/// </summary>
internal static class DocumentRun
{
    /// <param name="run">Exit code of a command and all that it printed.</param>
    public static void Of(
        string root,
        string document,
        IEnumerable<ShownCommand> commands,
        Func<string, (int ExitCode, string Printed)> run
    )
    {
        var anew = new List<(ShownCommand Command, IEnumerable<string> Output)>();
        foreach (var command in commands)
        {
            var (exitCode, printed) = run(command.Line);
            command.CheckEnd(exitCode, printed);
            if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
                anew.Add((command, command.Anew(printed)));
            else
                command.CheckOutput(printed);
        }
        if (anew.Count == 0)
            return;
        var file = Path.Combine(root, document);
        var lines = File.ReadAllLines(file).ToList();
        foreach (var (command, output) in anew.AsEnumerable().Reverse())
        {
            var indent = lines[command.First - 1].Length - lines[command.First - 1].TrimStart().Length;
            lines.RemoveRange(command.First, command.Output.Length);
            lines.InsertRange(command.First, output.Select(l => l.Length == 0 ? l : new string(' ', indent) + l));
        }
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
    }
}
