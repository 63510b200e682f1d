using System;
using System.Collections.Generic;
using System.IO;
using McuNet.Tests;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>The command as people install it from a feed.</summary>
[Collection(PackageCollection.Name)]
public sealed class ToolPackageTests(PackageFeed feed)
{
    private static readonly string Model = Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx");

    [Fact]
    public void Tool_InstalledFromAFeed_ListsCompilesExplainsAndHoldsTheTrainer()
    {
        var directory = feed.NewDirectory();
        var tools = Path.Combine(directory, "tools");
        DotNet.Run(directory, feed.Environment, "tool", "install", "McuNet.Cli", "--version", feed.Version, "--tool-path", tools).Succeed();

        Assert.Contains("nrf52840", Run(directory, "devices"), StringComparison.Ordinal);
        Run(directory, "compile", Model, "--device", "rp2040", "--out", "out");
        var code = File.ReadAllText(Path.Combine(directory, "out", "digits.c"));
        Assert.Contains("digits_invoke(uint8_t *arena)", code, StringComparison.Ordinal);
        Assert.Contains("digits", Run(directory, "explain", Model, "--device", "rp2040"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(tools, "__main__.py", SearchOption.AllDirectories));
    }

    private static string Run(string directory, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        var more = host is null ? [] : new Dictionary<string, string> { ["DOTNET_ROOT"] = Path.GetDirectoryName(host)! };
        var program = Path.Combine(directory, "tools", OperatingSystem.IsWindows() ? "mcunet.exe" : "mcunet");
        var run = ProgramRun.Of(program, arguments, directory, DotNet.Variables(more));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.Output;
    }
}
