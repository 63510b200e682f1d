using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace McuNet.Package.Tests;

/// <summary>What a finished <c>dotnet</c> command left behind; output and error text are joined.</summary>
public sealed record DotNetResult(int ExitCode, string Output)
{
    public DotNetResult Succeed() =>
        ExitCode == 0 ? this : throw new Xunit.Sdk.XunitException($"dotnet exited with {ExitCode}:\n{Output}");

    public DotNetResult Fail() =>
        ExitCode != 0 ? this : throw new Xunit.Sdk.XunitException($"dotnet succeeded, but should have failed:\n{Output}");
}

/// <summary>Runs the SDK as a user would, without anything that the test host's own build left in the environment.</summary>
public static class DotNet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static DotNetResult Run(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsLeftOver).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} ran past {Limit}");
        }
        Task.WaitAll(output, error);
        return new(process.ExitCode, output.Result + error.Result);
    }

    private static bool IsLeftOver(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
