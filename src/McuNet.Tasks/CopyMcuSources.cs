using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Files;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Copies generated sources beside the output of a project, all of them together. A copy that holds the same is not touched,
/// whatever the dates.</summary>
public sealed class CopyMcuSources : Task
{
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>One for each source.</summary>
    [Required]
    public ITaskItem[] Copies { get; set; } = [];

    /// <summary>Absolute path of the user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    public override bool Execute()
    {
        var root = Path.GetDirectoryName(ProjectFile)!;
        try
        {
            using var batch = new FileBatch();
            foreach (var (source, copy) in Sources.Zip(Copies, (s, c) => (s.ItemSpec, c.ItemSpec)))
                batch.Add(Path.Combine(root, copy), File.ReadAllBytes(Path.Combine(root, source)));
            batch.Commit();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            new BuildDiagnostics(Log, HelpRoot, designTime: false).Report(
                DiagnosticCatalog.OutputNotWritten,
                new SourceLocation(ProjectFile, 1, 1),
                Path.GetDirectoryName(Copies[0].ItemSpec)!,
                problem.Message.TrimEnd('.')
            );
        }
        return !Log.HasLoggedErrors;
    }
}
