using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace McuNet.Tasks;

/// <summary>Writes argument lists for process creation and for response files.</summary>
internal static class CommandLine
{
    /// <summary>Joins arguments so that the C runtime's rules (which .NET follows on every system) split them again.</summary>
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    /// <summary>
    /// One argument per line; those with white space in double quotes. A response file has no escape for a double quote,
    /// so none may occur.
    /// </summary>
    public static string ResponseFile(IEnumerable<string> arguments) =>
        string.Concat(arguments.Select(a => (a.Any(char.IsWhiteSpace) || a.Length == 0 || a[0] == '#' ? $"\"{a}\"" : a) + "\n"));

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
