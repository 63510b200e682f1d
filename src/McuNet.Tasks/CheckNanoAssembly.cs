using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Adds up what the models of a project take of the limits of its assembly on .NET nanoFramework; the compiler sees one model at a
/// time.</summary>
public sealed class CheckNanoAssembly : Task
{
    /// <summary>Items of <see cref="PrepareMcuModels.PreparedModels"/>, compiled.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Absolute path of the user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    public override bool Execute()
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        var takes = Models
            .Select(m => (Name: m.GetMetadata("McuName"), File: Path.Combine(folder, m.GetMetadata("SummaryFile"))))
            .Where(m => File.Exists(m.File))
            .Select(m => (m.Name, Takes: NanoUse.Read(File.ReadAllText(m.File))))
            .Where(m => m.Takes is not null)
            .ToArray();
        if (takes.Length < 2)
            return true;
        var (data, code, limits) = (takes.Sum(t => t.Takes!.Data), takes.Sum(t => t.Takes!.Code), takes[0].Takes!);
        if (data > limits.MostData || code > limits.MostCode)
            new BuildDiagnostics(Log, HelpRoot, DesignTimeBuild).Report(
                DiagnosticCatalog.NanoModelsExceeded,
                new SourceLocation(ProjectFile, 1, 1),
                Path.GetFileName(ProjectFile),
                data,
                code,
                string.Join(", ", takes.Select(t => $"{t.Name} {t.Takes!.Data}")),
                limits.MostData,
                limits.MostCode
            );
        return !Log.HasLoggedErrors;
    }

    /// <summary>What the compiler says of one model.</summary>
    private sealed record NanoUse(int Data, int Code, int MostData, int MostCode)
    {
        /// <summary>Null where the model is not for .NET nanoFramework.</summary>
        public static NanoUse? Read(string json)
        {
            try
            {
                return
                    JsonText.Parse(json) is Dictionary<string, object?> root
                    && root.TryGetValue("nano", out var nano)
                    && nano is Dictionary<string, object?> use
                    ? new(Number(use, "data"), Number(use, "code"), Number(use, "dataLimit"), Number(use, "codeLimit"))
                    : null;
            }
            catch (System.FormatException)
            {
                return null;
            }
        }

        private static int Number(Dictionary<string, object?> use, string key) =>
            use.TryGetValue(key, out var value) && value is double number ? (int)number : 0;
    }
}
