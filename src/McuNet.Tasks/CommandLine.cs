using System.Collections.Generic;
using System.Linq;

namespace McuNet.Tasks;

/// <summary>Writes argument lists for response files.</summary>
internal static class CommandLine
{
    /// <summary>
    /// One argument per line; those with white space in double quotes. A response file has no escape for a double quote,
    /// so none may occur.
    /// </summary>
    public static string ResponseFile(IEnumerable<string> arguments) =>
        string.Concat(arguments.Select(a => (a.Any(char.IsWhiteSpace) || a.Length == 0 || a[0] == '#' ? $"\"{a}\"" : a) + "\n"));
}
