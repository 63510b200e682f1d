using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Runs <c>mcunet nano</c> on what the C# compiler wrote, and reports at the line of the source what .NET nanoFramework does not
/// run.</summary>
public sealed class CheckNanoCode : EngineTask
{
    public CheckNanoCode()
        : this(new ProcessRunner()) { }

    internal CheckNanoCode(IProcessRunner runner)
        : base(runner) { }

    /// <summary>The compiled assembly, relative to the project.</summary>
    [Required]
    public string Assembly { get; set; } = string.Empty;

    /// <summary>What it was compiled against, the core library among them.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    private protected override BuildDiagnostics Diagnostics => new(Log, HelpRoot, designTime: false);

    public override bool Execute()
    {
        string[] arguments =
        [
            "nano",
            Assembly,
            "--json",
            .. References.SelectMany(r => new[] { "--reference", r.GetMetadata("FullPath") }),
        ];
        var ran = Start(arguments, Project, () => Log.LogError("Looking through {0} was cancelled.", Path.GetFileName(Assembly)));
        if (ran is { } output)
            Report(output);
        return !Log.HasLoggedErrors;
    }

    private void Report(ProcessOutput output)
    {
        if (output.ExitCode is 0 or ExitFault && EngineReport.Find(output.StandardOutput) is { } report)
        {
            foreach (var diagnostic in report.Diagnostics)
                Report(diagnostic, Project);
            return;
        }
        Diagnostics.Report(
            DiagnosticCatalog.NanoAssemblyUnreadable,
            Project(),
            Assembly,
            LastLine(output.StandardError) ?? $"the compiler stopped with exit code {output.ExitCode}"
        );
    }

    private SourceLocation Project() => new(ProjectFile, 1, 1);
}
