using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>
/// Runs one command of the engine in a process of its own, so that the engine's assemblies never meet those of MSBuild, and reports what it found at
/// the line of a <c>McuModel</c> item.
/// </summary>
public abstract class EngineTask : Task, ICancelableTask, IDisposable
{
    private const int ExitFault = 1;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    private protected EngineTask(IProcessRunner runner) => _runner = runner;

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the engine.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    /// <summary>Report warnings here; otherwise the source generator does, from the manifest.</summary>
    public bool ReportWarnings { get; set; }

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    private protected BuildDiagnostics Diagnostics => new(Log, HelpRoot, DesignTimeBuild);

    /// <summary>The item with <c>ResponseFile</c>, <c>OutputDirectory</c>, <c>FileList</c>, and the place of the <c>McuModel</c> item it comes from.</summary>
    private protected abstract ITaskItem Subject { get; }

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    /// <summary>What the engine reported after it has done its work; null after an error, which has been reported.</summary>
    private protected EngineReport? RunEngine(string verb)
    {
        if (Start(verb) is not { } output || Read(output) is not { } report)
            return null;
        foreach (var diagnostic in report.Diagnostics)
            Report(diagnostic);
        return output.ExitCode == 0 ? report : null;
    }

    private ProcessOutput? Start(string verb)
    {
        if (!File.Exists(EnginePath))
            return EngineNotFound("the file does not exist");
        var command = new ProcessCommand(
            DotNetPath,
            ["exec", "--roll-forward", "Major", EnginePath, verb, "@" + FullPath(Subject.GetMetadata("ResponseFile"))],
            Path.GetDirectoryName(ProjectFile)!);
        Log.LogMessage(MessageImportance.Normal, "{0} {1}", command.Program, CommandLine.Join(command.Arguments));
        try
        {
            return _runner.Run(command, _cancellation.Token);
        }
        catch (Win32Exception e)
        {
            return EngineNotFound($"'{DotNetPath}' does not start ({e.Message})");
        }
        catch (OperationCanceledException)
        {
            Log.LogError("Compiling {0} was cancelled.", Subject.GetMetadata("McuName"));
            return null;
        }
    }

    private EngineReport? Read(ProcessOutput output)
    {
        if (output.StandardError.Length > 0)
            Log.LogMessage(MessageImportance.Low, "{0}", output.StandardError);
        try
        {
            var report = EngineReport.Parse(output.StandardOutput);
            if (output.ExitCode == 0 || (output.ExitCode == ExitFault && report.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)))
                return report;
            foreach (var diagnostic in report.Diagnostics)
                Report(diagnostic);
            return EngineFailed(output, LastLine(output.StandardError) ?? "no diagnostic says why");
        }
        catch (FormatException e)
        {
            return EngineFailed(output, LastLine(output.StandardError) ?? "its output is " + e.Message);
        }
    }

    private void Report(EngineDiagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Warning && !ReportWarnings)
            return;
        var location = diagnostic is { File: { } file, Line: > 0 } ? new SourceLocation(file, diagnostic.Line, 1) : ItemLocation();
        Diagnostics.Report(diagnostic.Id, diagnostic.Severity, diagnostic.Message, location);
    }

    /// <summary>Leaves every output newer than every input, and nothing of an earlier run that this one did not write.</summary>
    private protected void Finish(IReadOnlyList<string> files)
    {
        var directory = FullPath(Subject.GetMetadata("OutputDirectory"));
        var list = FullPath(Subject.GetMetadata("FileList"));
        foreach (var stale in File.Exists(list) ? File.ReadAllLines(list).Except(files) : [])
            File.Delete(Path.Combine(directory, stale));
        var now = DateTime.UtcNow;
        foreach (var file in files.Select(f => Path.Combine(directory, f)).Where(File.Exists))
            File.SetLastWriteTimeUtc(file, now);
        File.WriteAllText(list, string.Concat(files.Select(f => f + "\n")));
    }

    private protected SourceLocation ItemLocation() =>
        ItemLocator.Find(ProjectFile, Subject.GetMetadata("DefiningFile"), Subject.GetMetadata("ItemInclude"));

    private protected string FullPath(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, path));

    private ProcessOutput? EngineNotFound(string reason)
    {
        Diagnostics.Report(DiagnosticCatalog.BuildEngineNotFound, ItemLocation(), EnginePath, reason);
        return null;
    }

    private EngineReport? EngineFailed(ProcessOutput output, string reason)
    {
        Diagnostics.Report(DiagnosticCatalog.BuildEngineFailed, ItemLocation(), Subject.GetMetadata("ItemInclude"), output.ExitCode, reason);
        return null;
    }

    private static string? LastLine(string text) => text.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0);
}
