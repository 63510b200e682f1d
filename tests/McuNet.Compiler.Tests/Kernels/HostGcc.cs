using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>A test that needs the host's gcc and is shown as skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GccFactAttribute : FactAttribute
{
    public GccFactAttribute()
    {
        if (HostGcc.Path is null)
            Skip = "gcc is not installed";
    }
}

/// <summary>Compiles C text with the host's gcc and runs it.</summary>
internal static class HostGcc
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "gcc"))
        .FirstOrDefault(File.Exists);

    /// <summary>What the program prints; fails the test when it does not compile or does not exit with 0.</summary>
    public static string Run(string program, string options, string libraries = "")
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-kernels-");
        try
        {
            var (source, binary) = (System.IO.Path.Combine(folder.FullName, "kernels.c"), System.IO.Path.Combine(folder.FullName, "kernels"));
            File.WriteAllText(source, program);
            Execute(Path!, $"-std=c11 -Wall -Wextra -Werror -Wundef {options} {source} -o {binary} {libraries}");
            return Execute(binary, "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Execute(string file, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{file} {arguments}\n{output}\n{errors.Result}");
        return output;
    }
}
