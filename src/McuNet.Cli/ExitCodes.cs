using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using McuNet.Options;

namespace McuNet.Cli;

/// <summary>What <c>mcunet</c> ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The model or the device is at fault.</summary>
    public const int AtFault = 1;

    public const int WrongUsage = 2;

    /// <summary>The compiler itself is at fault.</summary>
    public const int InternalError = 3;
}

/// <summary>A command line that parses but makes no sense.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>What is said of a command line that does not parse.</summary>
internal static class UsageErrors
{
    /// <summary>Its errors, the names that were perhaps meant, and where to find help.</summary>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return
        [
            .. parsed.Errors.Select(error => error.Message),
            .. parsed
                .UnmatchedTokens.Select(unknown => NearestName.Of(unknown, Known(command)))
                .OfType<string>()
                .Select(meant => $"Did you mean '{meant}'?"),
            command is RootCommand ? "'mcunet --help' shows the usage." : $"'mcunet {command.Name} --help' shows the usage.",
        ];
    }

    /// <summary>What may follow a command: verbs and options, each with its aliases.</summary>
    private static IEnumerable<string> Known(Command command) =>
        command
            .Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))
            .Concat(command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)))
            .Append("--help");
}
