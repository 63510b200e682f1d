using System;
using System.IO;
using System.Linq;
using McuNet.Tests;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>A test that needs the host's gcc and is shown as skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GccFactAttribute : FactAttribute
{
    public GccFactAttribute() => Skip = HostGcc.Missing;
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GccTheoryAttribute : TheoryAttribute
{
    public GccTheoryAttribute() => Skip = HostGcc.Missing;
}

/// <summary>Compiles C text with the host's gcc and runs it.</summary>
internal static class HostGcc
{
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, "gcc"))
            .FirstOrDefault(File.Exists);

    /// <summary>Why tests that need it are skipped, or null.</summary>
    public static string? Missing => Path is null ? "gcc is not installed" : null;

    /// <summary>What the program prints; fails the test when it does not compile or does not exit with 0.</summary>
    public static string Run(string program, string options, string libraries = "")
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-kernels-");
        try
        {
            File.WriteAllText(System.IO.Path.Combine(folder.FullName, "kernels.c"), program);
            ProgramRun.Good(
                Path!,
                [
                    "-std=c11",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-Wundef",
                    .. Words(options),
                    "kernels.c",
                    "-o",
                    "kernels",
                    .. Words(libraries),
                ],
                folder.FullName
            );
            return ProgramRun.Good(System.IO.Path.Combine(folder.FullName, "kernels"), [], folder.FullName).Output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
