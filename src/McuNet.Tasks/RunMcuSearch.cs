using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Files;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>
/// Runs <c>mcunet search</c> for each <c>McuSearch</c> item whose network is missing or outdated, in a process of its own, and passes its
/// progress on to the log. Cancelled, it stops that process with all that it started; what is finished is kept, and the next call goes on
/// there.
/// </summary>
public sealed class RunMcuSearch : EngineTask
{
    public RunMcuSearch()
        : this(new ProcessRunner()) { }

    internal RunMcuSearch(IProcessRunner runner)
        : base(runner) { }

    [Required]
    public ITaskItem[] Searches { get; set; } = [];

    private protected override BuildDiagnostics Diagnostics => new(Log, HelpRoot, designTime: false);

    public override bool Execute()
    {
        foreach (var search in SearchRequest.Read(Searches, ProjectFile, Report))
        {
            if (IsCancelled)
                break;
            if (File.Exists(search.OutputFile) && search.RecordedStamp == search.Stamp)
                Log.LogMessage(MessageImportance.High, "{0} is what {1} finds; delete it to search again.", search.Output, search.Include);
            else if (Run(search) is { } output)
                Read(search, output);
        }
        return !Log.HasLoggedErrors && !IsCancelled;
    }

    private ProcessOutput? Run(SearchRequest search)
    {
        KeepOutOfVersionControl(search.Folder);
        return Start(
            search.Arguments,
            () => Location(ItemOf(search)),
            () =>
                Log.LogWarning(
                    "The search {0} was stopped. Finished work is kept in '{1}'; the next call goes on there.",
                    search.Include,
                    search.Folder
                ),
            line => Log.LogMessage(MessageImportance.High, "{0}: {1}", search.Include, line)
        );
    }

    private void Read(SearchRequest search, ProcessOutput output)
    {
        IReadOnlyList<EngineDiagnostic> found = [];
        var reason = LastLine(output.StandardError);
        try
        {
            found = EngineReport.Parse(output.StandardOutput).Diagnostics;
        }
        catch (FormatException e)
        {
            reason ??= "its output is " + e.Message;
        }
        foreach (var diagnostic in found)
            Report(diagnostic, () => Location(ItemOf(search)));
        var explained = output.ExitCode == ExitFault && found.Any(d => d.Severity == DiagnosticSeverity.Error);
        if (output.ExitCode != 0 && !explained)
            Report(
                ItemOf(search),
                DiagnosticCatalog.BuildSearchFailed,
                [search.Include, output.ExitCode, reason ?? "no diagnostic says why", search.Folder]
            );
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
            FileBatch.Write(ignore, "*\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The search itself reports a folder that cannot be written.
        }
    }

    private ITaskItem ItemOf(SearchRequest search) => Searches.First(s => s.ItemSpec == search.Include);

    private SourceLocation Location(ITaskItem item) => ItemLocator.Find(ProjectFile, item, ItemLocator.Search);

    private void Report(ITaskItem item, DiagnosticDescriptor descriptor, object[] values) =>
        Diagnostics.Report(descriptor, Location(item), values);
}
