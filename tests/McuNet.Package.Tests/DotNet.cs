using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Tests;

namespace McuNet.Package.Tests;

/// <summary>What a finished <c>dotnet</c> command left behind; output and error text are joined.</summary>
public sealed record DotNetResult(int ExitCode, string Output)
{
    public DotNetResult Succeed() => ExitCode == 0 ? this : throw new Xunit.Sdk.XunitException($"dotnet exited with {ExitCode}:\n{Output}");

    public DotNetResult Fail() =>
        ExitCode != 0 ? this : throw new Xunit.Sdk.XunitException($"dotnet succeeded, but should have failed:\n{Output}");
}

/// <summary>Runs the SDK as a user would, without anything that the test host's own build left in the environment.</summary>
public static class DotNet
{
    public static DotNetResult Run(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var outcome = ProgramRun.Of(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            arguments,
            directory,
            Variables(environment)
        );
        return new(outcome.ExitCode, outcome.Output + outcome.Error);
    }

    /// <summary>Variables of a build of its own; null for those that are to be removed.</summary>
    internal static IReadOnlyDictionary<string, string?> Variables(IReadOnlyDictionary<string, string> more)
    {
        var variables = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(IsLeftOver)
            .ToDictionary(name => name, _ => (string?)null);
        variables["MSBUILDDISABLENODEREUSE"] = "1";
        variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        variables["DOTNET_NOLOGO"] = "1";
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }

    private static bool IsLeftOver(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
