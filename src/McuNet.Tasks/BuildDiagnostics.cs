using System;
using System.Collections.Generic;
using System.IO;
using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Writes diagnostics to the build log in the form that consoles and editors turn into links.</summary>
/// <param name="helpRoot">Directory with one help page per id, or empty.</param>
/// <param name="held">Takes errors in place of the log, for a later task to report.</param>
/// <param name="designTime">Errors become warnings, so that an editor keeps the types it already has.</param>
internal sealed class BuildDiagnostics(TaskLoggingHelper log, string? helpRoot, bool designTime, ICollection<ITaskItem>? held = null)
{
    public void Report(DiagnosticDescriptor descriptor, SourceLocation location, params object[] values)
    {
        var diagnostic = Diagnostic.Create(descriptor, values);
        Report(diagnostic.Id, diagnostic.Severity, diagnostic.Message, location);
    }

    public void Report(string id, DiagnosticSeverity severity, string message, SourceLocation location)
    {
        var (file, line, column) = (location.File, Math.Max(1, location.Line), Math.Max(1, location.Column));
        var help = HelpLink(id);
        switch (severity)
        {
            case DiagnosticSeverity.Error when !designTime && held is not null:
                held.Add(HeldFault.Of(id, message, location));
                break;
            case DiagnosticSeverity.Error when !designTime:
                log.LogError(null, id, null, help, file, line, column, 0, 0, message);
                break;
            case DiagnosticSeverity.Error or DiagnosticSeverity.Warning:
                log.LogWarning(null, id, null, help, file, line, column, 0, 0, message);
                break;
            default:
                log.LogMessage(null, id, null, file, line, column, 0, 0, MessageImportance.High, message);
                break;
        }
    }

    private string? HelpLink(string id)
    {
        if (string.IsNullOrEmpty(helpRoot))
            return null;
        var page = Path.GetFullPath(Path.Combine(helpRoot, id + ".md"));
        return File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
}
