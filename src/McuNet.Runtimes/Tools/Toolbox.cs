using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Runtimes.Tools;

/// <summary>Finds programs in a list of folders, by default those of the PATH.</summary>
public sealed record Toolbox(string SearchPath)
{
    private static readonly string[] Extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    public static Toolbox FromEnvironment() => new(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The program's full path, or null.</summary>
    public string? TryFind(Tool tool) =>
        (
            from name in tool.Names
            from folder in SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from extension in Extensions
            let file = Path.Combine(folder, name + extension)
            where File.Exists(file)
            select file
        ).FirstOrDefault();

    /// <summary>The program's full path, or MCU7010 with the package that holds it.</summary>
    public StageResult<string> Find(Tool tool) =>
        TryFind(tool) is { } file
            ? StageResult<string>.Success(file)
            : StageResult<string>.Failure(Diagnostic.Create(DiagnosticCatalog.ToolMissing, tool.Names[0], tool.Purpose, tool.Package));
}
