using System;
using System.IO;
using System.Linq;
using McuNet.Files;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Writes what is wrong with models, for the analyzer that shows it in an editor; the file changes only with its
/// content.</summary>
public sealed class WriteMcuFaults : Task
{
    /// <summary>From <see cref="PrepareMcuModels.ShownFaults"/> and <see cref="CompileMcuModels.ShownFaults"/>.</summary>
    public ITaskItem[] Faults { get; set; } = [];

    /// <summary>Relative to the project.</summary>
    [Required]
    public string File { get; set; } = string.Empty;

    /// <summary>Absolute path of the user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    /// <remarks>An editor can do without: a file that cannot be written is no reason to fail.</remarks>
    public override bool Execute()
    {
        try
        {
            FileBatch.Write(
                Path.Combine(Path.GetDirectoryName(ProjectFile)!, File),
                string.Concat(Faults.Select(f => f.ItemSpec + "\n").Distinct())
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", problem.Message);
        }
        return true;
    }
}
