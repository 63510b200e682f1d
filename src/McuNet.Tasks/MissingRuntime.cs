using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Tasks;

/// <summary>What a <c>dotnet</c> host says that has no runtime for the program it was to run.</summary>
/// <param name="Needed">Name and version.</param>
/// <param name="Found">Versions that are there, or that there are none.</param>
internal sealed record MissingRuntime(string Needed, string Found)
{
    /// <summary>The host's exit code, FrameworkMissingFailure, on Windows; elsewhere its lowest byte is left.</summary>
    private const int ExitCode = unchecked((int)0x80008096);

    /// <summary>Null where the program ran.</summary>
    public static MissingRuntime? Of(ProcessOutput output)
    {
        if (output.ExitCode != ExitCode && output.ExitCode != (ExitCode & 0xFF))
            return null;
        var needed = Regex.Match(output.StandardError, "Framework: '([^']+)', version '([^']+)'");
        if (!needed.Success)
            return null;
        var found = Regex
            .Matches(output.StandardError, @"^\s+(\d\S*) at \[", RegexOptions.Multiline)
            .Cast<Match>()
            .Select(m => m.Groups[1].Value)
            .Distinct()
            .ToArray();
        return new($"{needed.Groups[1].Value} {needed.Groups[2].Value}", found.Length > 0 ? string.Join(", ", found) : "none");
    }
}
