using System;
using System.Collections.Generic;
using System.IO;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Tests;

/// <summary>Programs that tests run. All go through here, so that one which does not end is stopped and the test says so.</summary>
internal static class ProgramRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How the program ended, which may be badly; one that ran past the limit fails the test.</summary>
    public static ToolOutcome Of(
        string file,
        IReadOnlyList<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string input = ""
    )
    {
        var outcome = new ToolProcess(file, arguments, folder ?? Path.GetTempPath(), Patience)
        {
            Environment = environment ?? new Dictionary<string, string?>(),
        }.Run(input: input);
        Assert.True(outcome.RanPast is null, $"{Described(file, arguments)}: {outcome.Messages()}");
        return outcome;
    }

    /// <summary>What a program printed that ends with exit code 0; any other end fails the test.</summary>
    public static ToolOutcome Good(
        string file,
        IReadOnlyList<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string input = ""
    )
    {
        var outcome = Of(file, arguments, folder, environment, input);
        Assert.True(outcome.Succeeded, $"{Described(file, arguments)} ended with {outcome.ExitCode}:\n{outcome.Output}\n{outcome.Error}");
        return outcome;
    }

    private static string Described(string file, IReadOnlyList<string> arguments) =>
        $"{Path.GetFileName(file)} {string.Join(' ', arguments)}";
}
