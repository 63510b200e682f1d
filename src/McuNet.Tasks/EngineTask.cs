using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Processes;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>
/// A task that runs the tool in processes of their own, so that its assemblies never meet those of MSBuild. Cancelled, it stops the running
/// process with all that it started.
/// </summary>
public abstract class EngineTask : Task, ICancelableTask, IDisposable
{
    /// <summary>The exit code of the tool when model, device or data are at fault and its report says how.</summary>
    private protected const int ExitFault = 1;

    /// <summary>The exit code of the tool when its arguments make no sense, or name a folder that cannot be written.</summary>
    private protected const int ExitUsage = 2;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    private protected EngineTask(IProcessRunner runner) => _runner = runner;

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the tool.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    private protected abstract BuildDiagnostics Diagnostics { get; }

    private protected bool IsCancelled => _cancellation.IsCancellationRequested;

    private protected string ProjectFolder => Path.GetDirectoryName(ProjectFile)!;

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    /// <summary>Runs the tool to its end; null where it does not start, which is reported at the location or the project, or was
    /// cancelled.</summary>
    /// <param name="cancelled">Says that the task was cancelled.</param>
    /// <param name="line">Told each line of the standard error as it comes.</param>
    private protected ProcessOutput? Start(
        IEnumerable<string> arguments,
        Func<SourceLocation> location,
        Action cancelled,
        Action<string>? line = null
    )
    {
        if (!File.Exists(EnginePath))
            return NotFound("the file does not exist");
        var command = new ProcessCommand(DotNetPath, ["exec", "--roll-forward", "Major", EnginePath, .. arguments], ProjectFolder);
        Log.LogMessage(MessageImportance.Normal, "{0} {1}", command.Program, command.ArgumentText);
        try
        {
            var output = _runner.Run(command, _cancellation.Token, line);
            if (MissingRuntime.Of(output) is not { } missing)
                return output;
            // Not at the item: one error for a project, however many models it has.
            Diagnostics.Report(
                DiagnosticCatalog.BuildRuntimeMissing,
                new SourceLocation(ProjectFile, 0, 0),
                missing.Needed,
                DotNetPath,
                missing.Found
            );
            return null;
        }
        catch (Win32Exception e)
        {
            return NotFound($"'{DotNetPath}' does not start ({e.Message})");
        }
        catch (OperationCanceledException)
        {
            cancelled();
            return null;
        }

        ProcessOutput? NotFound(string reason)
        {
            Diagnostics.Report(DiagnosticCatalog.BuildEngineNotFound, location(), EnginePath, reason);
            return null;
        }
    }

    /// <summary>Reports what the tool found, where it names a line of a file there, else at the item.</summary>
    private protected void Report(EngineDiagnostic diagnostic, Func<SourceLocation> item)
    {
        var location = diagnostic is { File: { } file, Line: > 0 } ? new SourceLocation(file, diagnostic.Line, 1) : item();
        Diagnostics.Report(diagnostic.Id, diagnostic.Severity, diagnostic.Message, location);
    }

    private protected static string? FirstLine(string text) => text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0);

    private protected static string? LastLine(string text) => text.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0);
}
