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
/// Runs <c>mcunet search</c> for each <c>McuSearch</c> item whose network is missing or outdated, in a process of its own, and passes its progress on
/// to the log. Cancelled, it stops that process with all that it started; what is finished is kept, and the next call goes on there.
/// </summary>
public sealed class RunMcuSearch : Task, ICancelableTask, IDisposable
{
    private const int ExitFault = 1;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    public RunMcuSearch()
        : this(new ProcessRunner())
    {
    }

    internal RunMcuSearch(IProcessRunner runner) => _runner = runner;

    [Required]
    public ITaskItem[] Searches { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the tool.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    public override bool Execute()
    {
        foreach (var search in SearchRequest.Read(Searches, ProjectFile, Report))
        {
            if (_cancellation.IsCancellationRequested)
                break;
            if (File.Exists(search.OutputFile) && search.RecordedStamp == search.Stamp)
                Log.LogMessage(MessageImportance.High, "{0} is what {1} finds; delete it to search again.", search.Output, search.Include);
            else if (Run(search) is { } output)
                Read(search, output);
        }
        return !Log.HasLoggedErrors && !_cancellation.IsCancellationRequested;
    }

    private ProcessOutput? Run(SearchRequest search)
    {
        if (!File.Exists(EnginePath))
            return NotFound(search, "the file does not exist");
        KeepOutOfVersionControl(search.Folder);
        var command = new ProcessCommand(DotNetPath, ["exec", "--roll-forward", "Major", EnginePath, .. search.Arguments], Path.GetDirectoryName(ProjectFile)!);
        Log.LogMessage(MessageImportance.Normal, "{0} {1}", command.Program, CommandLine.Join(command.Arguments));
        try
        {
            return _runner.Run(command, _cancellation.Token, line => Log.LogMessage(MessageImportance.High, "{0}: {1}", search.Include, line));
        }
        catch (Win32Exception e)
        {
            return NotFound(search, $"'{DotNetPath}' does not start ({e.Message})");
        }
        catch (OperationCanceledException)
        {
            Log.LogWarning("The search {0} was stopped. Finished work is kept in '{1}'; the next call goes on there.", search.Include, search.Folder);
            return null;
        }
    }

    private void Read(SearchRequest search, ProcessOutput output)
    {
        IReadOnlyList<EngineDiagnostic> found = [];
        var reason = output.StandardError.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0);
        try
        {
            found = EngineReport.Parse(output.StandardOutput).Diagnostics;
        }
        catch (FormatException e)
        {
            reason ??= "its output is " + e.Message;
        }
        foreach (var diagnostic in found)
        {
            var location = diagnostic is { File: { } file, Line: > 0 } ? new SourceLocation(file, diagnostic.Line, 1) : Location(ItemOf(search));
            Diagnostics.Report(diagnostic.Id, diagnostic.Severity, diagnostic.Message, location);
        }
        var explained = output.ExitCode == ExitFault && found.Any(d => d.Severity == DiagnosticSeverity.Error);
        if (output.ExitCode != 0 && !explained)
            Report(ItemOf(search), DiagnosticCatalog.BuildSearchFailed, [search.Include, output.ExitCode, reason ?? "no diagnostic says why", search.Folder]);
        else if (output.ExitCode == 0)
            Log.LogMessage(MessageImportance.High, "{0} -> {1}", search.Include, search.OutputFile);
    }

    /// <summary>The folder holds checkpoints and images: it ignores itself.</summary>
    private static void KeepOutOfVersionControl(string folder)
    {
        var ignore = Path.Combine(folder, ".gitignore");
        if (File.Exists(ignore))
            return;
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(ignore, "*\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The search itself reports a folder that cannot be written.
        }
    }

    private ProcessOutput? NotFound(SearchRequest search, string reason)
    {
        Report(ItemOf(search), DiagnosticCatalog.BuildEngineNotFound, [EnginePath, reason]);
        return null;
    }

    private BuildDiagnostics Diagnostics => new(Log, HelpRoot, designTime: false);

    private ITaskItem ItemOf(SearchRequest search) => Searches.First(s => s.ItemSpec == search.Include);

    private SourceLocation Location(ITaskItem item) =>
        ItemLocator.Find(ProjectFile, item.GetMetadata("DefiningProjectFullPath"), item.ItemSpec, ItemLocator.Search);

    private void Report(ITaskItem item, DiagnosticDescriptor descriptor, object[] values) => Diagnostics.Report(descriptor, Location(item), values);
}
