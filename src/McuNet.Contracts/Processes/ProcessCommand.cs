using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace McuNet.Processes;

/// <summary>A program to start without a shell, and its arguments.</summary>
/// <param name="WorkingDirectory">Empty for that of this process.</param>
public sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Variables to set beside those of this process; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The arguments as one text, which the C runtime's rules (.NET follows them on every system) split again.</summary>
    public string ArgumentText => string.Join(" ", Arguments.Select(Quote));

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c == '"'))
            return argument;
        var result = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }
            result.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }
        return result.Append('\\', backslashes * 2).Append('"').ToString();
    }
}
