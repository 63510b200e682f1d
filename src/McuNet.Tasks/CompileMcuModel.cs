using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Facade;
using McuNet.Manifest;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>
/// Runs <c>mcunet compile</c> on one prepared model in a process of its own, so that the engine's assemblies never meet
/// those of MSBuild, and reports what it found at the line of the <c>McuModel</c> item.
/// </summary>
public sealed class CompileMcuModel : Task, ICancelableTask, IDisposable
{
    private const int ExitFault = 1;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    public CompileMcuModel()
        : this(new ProcessRunner())
    {
    }

    internal CompileMcuModel(IProcessRunner runner) => _runner = runner;

    /// <summary>An item of <see cref="PrepareMcuModels.PreparedModels"/>.</summary>
    [Required]
    public ITaskItem Model { get; set; } = new TaskItem();

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the engine.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    /// <summary>Namespace of a façade written as a file (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    /// <summary>Write a façade file that uses arrays alone, for platforms without spans.</summary>
    public bool UseArrays { get; set; }

    /// <summary>Report warnings here; otherwise the source generator does, from the manifest.</summary>
    public bool ReportWarnings { get; set; }

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    private BuildDiagnostics Diagnostics => new(Log, HelpRoot, DesignTimeBuild);

    private string Name => Model.GetMetadata("McuName");

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    public override bool Execute()
    {
        if (Run() is { } output && Read(output) is { } report)
        {
            foreach (var diagnostic in report.Diagnostics)
                Report(diagnostic);
            if (output.ExitCode == 0)
                Finish(report.Files);
        }
        return !Log.HasLoggedErrors;
    }

    private ProcessOutput? Run()
    {
        if (!File.Exists(EnginePath))
            return EngineNotFound("the file does not exist");
        var command = new ProcessCommand(
            DotNetPath,
            ["exec", "--roll-forward", "Major", EnginePath, "compile", "@" + FullPath(Model.GetMetadata("ResponseFile"))],
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
            Log.LogError("Compiling {0} was cancelled.", Name);
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
    private void Finish(IReadOnlyList<string> written)
    {
        var directory = FullPath(Model.GetMetadata("OutputDirectory"));
        var list = FullPath(Model.GetMetadata("FileList"));
        var files = written.ToList();
        if (Model.GetMetadata("Emit") == "Files" && WriteFacade() is { } facade)
            files.Add(facade);
        foreach (var stale in File.Exists(list) ? File.ReadAllLines(list).Except(files) : [])
            File.Delete(Path.Combine(directory, stale));
        var now = DateTime.UtcNow;
        foreach (var file in files.Select(f => Path.Combine(directory, f)).Where(File.Exists))
            File.SetLastWriteTimeUtc(file, now);
        File.WriteAllText(list, string.Concat(files.Select(f => f + "\n")));
    }

    private string? WriteFacade()
    {
        var manifest = FullPath(Model.GetMetadata("ManifestFile"));
        var parsed = ManifestText.Parse(File.Exists(manifest) ? File.ReadAllText(manifest) : string.Empty);
        if (parsed.Manifest is not { } model)
        {
            Diagnostics.Report(DiagnosticCatalog.BuildManifestUnreadable, ItemLocation(), manifest, parsed.Problem!);
            return null;
        }
        var request = new FacadeRequest(model, FacadeNames.Namespace(RootNamespace), model.ClassName, UseArrays ? FacadeDialect.Arrays : FacadeDialect.Spans);
        if (!FacadeWriter.CanWrite(request))
        {
            Diagnostics.Report(DiagnosticCatalog.BuildArraysNeedBytes, ItemLocation(), Name);
            return null;
        }
        var facade = FullPath(Model.GetMetadata("FacadeFile"));
        File.WriteAllText(facade, FacadeWriter.Write(request), new UTF8Encoding(false));
        return Path.GetFileName(facade);
    }

    private ProcessOutput? EngineNotFound(string reason)
    {
        Diagnostics.Report(DiagnosticCatalog.BuildEngineNotFound, ItemLocation(), EnginePath, reason);
        return null;
    }

    private EngineReport? EngineFailed(ProcessOutput output, string reason)
    {
        Diagnostics.Report(DiagnosticCatalog.BuildEngineFailed, ItemLocation(), Model.GetMetadata("ItemInclude"), output.ExitCode, reason);
        return null;
    }

    private SourceLocation ItemLocation() =>
        ItemLocator.Find(ProjectFile, Model.GetMetadata("DefiningFile"), Model.GetMetadata("ItemInclude"));

    private string FullPath(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, path));

    private static string? LastLine(string text) => text.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0);
}
