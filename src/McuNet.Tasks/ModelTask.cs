using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Runs one command of the engine for a <c>McuModel</c> item, and reports what it found at the line of that item.</summary>
public abstract class ModelTask : EngineTask
{
    private protected ModelTask(IProcessRunner runner)
        : base(runner) { }

    public bool DesignTimeBuild { get; set; }

    private protected override BuildDiagnostics Diagnostics => new(Log, HelpRoot, DesignTimeBuild);

    /// <summary>The item with <c>ResponseFile</c>, <c>OutputDirectory</c>, <c>StampFile</c>, <c>Fingerprint</c>, and the place of the
    /// <c>McuModel</c> item it comes from.</summary>
    private protected abstract ITaskItem Subject { get; }

    /// <summary>Whether the log gets what the engine has found.</summary>
    private protected virtual bool Says(EngineDiagnostic diagnostic) => true;

    /// <summary>What the engine reported after it has done its work; null after an error, which has been reported.</summary>
    private protected EngineReport? RunEngine(string verb)
    {
        string[] arguments = [verb, "@" + FullPath(Subject.GetMetadata("ResponseFile"))];
        var ran = Start(arguments, ItemLocation, () => Log.LogError("Compiling {0} was cancelled.", Subject.GetMetadata("McuName")));
        if (ran is not { } output || Read(output) is not { } report)
            return null;
        foreach (var diagnostic in report.Diagnostics.Where(Says))
            Report(diagnostic);
        return output.ExitCode == 0 ? report : null;
    }

    private EngineReport? Read(ProcessOutput output)
    {
        if (output.StandardError.Length > 0)
            Log.LogMessage(MessageImportance.Low, "{0}", output.StandardError);
        try
        {
            var report = EngineReport.Parse(output.StandardOutput);
            if (
                output.ExitCode == 0
                || (output.ExitCode is ExitFault or ExitUsage && report.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            )
                return report;
            foreach (var diagnostic in report.Diagnostics)
                Report(diagnostic);
            if (output.ExitCode == ExitUsage && FirstLine(output.StandardError) is { } usage)
                return Refused(usage);
            return EngineFailed(output, LastLine(output.StandardError) ?? "no diagnostic says why");
        }
        catch (FormatException e)
        {
            if (output.ExitCode == ExitUsage && FirstLine(output.StandardError) is { } usage)
                return Refused(usage);
            return EngineFailed(output, LastLine(output.StandardError) ?? "its output is " + e.Message);
        }
    }

    private void Report(EngineDiagnostic diagnostic) => Report(diagnostic, ItemLocation);

    /// <summary>Marks the outputs as made from what was asked for, once they are all there.</summary>
    private protected void Finish(IReadOnlyList<string> files, IReadOnlyList<string> external) =>
        new BuildStamp(Path.ChangeExtension(FullPath(Subject.GetMetadata("StampFile")), null)).Set(
            Subject.GetMetadata("Fingerprint"),
            files,
            external
        );

    /// <summary>Runs what writes files; a disk that refuses is reported.</summary>
    private protected bool Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Report(
                DiagnosticCatalog.OutputNotWritten,
                ItemLocation(),
                Subject.GetMetadata("OutputDirectory"),
                problem.Message.TrimEnd('.')
            );
        }
        return !Log.HasLoggedErrors;
    }

    private protected SourceLocation ItemLocation() => ItemPlace.Of(Subject);

    private protected string FullPath(string path) => Path.GetFullPath(Path.Combine(ProjectFolder, path));

    /// <summary>What the item asks for is no sensible command line; the engine says why in its own words.</summary>
    private EngineReport? Refused(string reason)
    {
        Diagnostics.Report(DiagnosticCatalog.BuildRequestRefused, ItemLocation(), Subject.GetMetadata("ItemInclude"), reason);
        return null;
    }

    private EngineReport? EngineFailed(ProcessOutput output, string reason)
    {
        Diagnostics.Report(
            DiagnosticCatalog.BuildEngineFailed,
            ItemLocation(),
            Subject.GetMetadata("ItemInclude"),
            output.ExitCode,
            reason
        );
        return null;
    }
}
