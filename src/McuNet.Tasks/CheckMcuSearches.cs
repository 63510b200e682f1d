using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Warns in an ordinary build of networks that have not been searched yet, or for something else. Starts no process.</summary>
public sealed class CheckMcuSearches : Task
{
    [Required]
    public ITaskItem[] Searches { get; set; } = [];

    /// <summary>The models of the project: of a missing one <see cref="PrepareMcuModels"/> speaks.</summary>
    public ITaskItem[] Models { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    public override bool Execute()
    {
        foreach (var search in SearchRequest.Read(Searches, ProjectFile, Report))
        {
            var item = Searches.First(s => s.ItemSpec == search.Include);
            if (!File.Exists(search.OutputFile))
            {
                if (!Models.Any(m => Same(m, search.OutputFile)))
                    Report(item, DiagnosticCatalog.BuildSearchNotRun, [search.Include, search.Output]);
            }
            else if (search.RecordedStamp is { } stamp && stamp != search.Stamp)
            {
                Report(item, DiagnosticCatalog.BuildSearchOutdated, [search.Include, search.Output]);
            }
        }
        return !Log.HasLoggedErrors;
    }

    private bool Same(ITaskItem model, string path) =>
        string.Equals(
            SearchRequest.FullPath(Path.GetDirectoryName(ProjectFile)!, model.ItemSpec),
            path,
            StringComparison.OrdinalIgnoreCase
        );

    private void Report(ITaskItem item, DiagnosticDescriptor descriptor, object[] values) =>
        new BuildDiagnostics(Log, HelpRoot, designTime: false).Report(
            descriptor,
            ItemLocator.Find(ProjectFile, item, ItemLocator.Search),
            values
        );
}
