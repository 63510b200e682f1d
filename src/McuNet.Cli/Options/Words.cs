using System;
using System.CommandLine.Parsing;
using System.Linq;

namespace McuNet.Cli.Options;

/// <summary>The values of an enumeration as lower-case words on the command line.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly string[] All = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToArray();

    public static T Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (All.Contains(text.ToLowerInvariant()))
            return Enum.Parse<T>(text, ignoreCase: true);
        result.AddError($"'{text}' is not one of {string.Join(", ", All)}.");
        return default;
    }
}
