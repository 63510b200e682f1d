using System;
using System.Collections.Generic;
using System.IO;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Report;
using McuNet.Compiler.Report.Html;
using McuNet.Diagnostics;

namespace McuNet.Cli.Report;

/// <summary>Reports as files.</summary>
internal static class ReportFile
{
    /// <summary>Beside the other files of a model.</summary>
    public static GeneratedFile Of(
        Compilation compilation,
        IReadOnlyCollection<Diagnostic> diagnostics,
        PassHistory history,
        ReportAccuracy? accuracy
    ) => new($"{compilation.Model.Name}.report.html", ReportPage.Html(Content(compilation, diagnostics, history, accuracy)));

    /// <param name="devices">The model on other devices too: seconds of compilations, for which a build does not wait.</param>
    public static ReportContent Content(
        Compilation compilation,
        IReadOnlyCollection<Diagnostic> diagnostics,
        PassHistory history,
        ReportAccuracy? accuracy,
        params IEnumerable<DeviceFit> devices
    ) => new(ReportBuilder.Model(compilation, diagnostics, accuracy, devices), ReportDrawings.Of(compilation, history));

    /// <summary>The figures of an earlier report.</summary>
    /// <exception cref="UsageException">There is no such file, or it holds none.</exception>
    public static ReportModel Read(string path)
    {
        try
        {
            return ReportJson.Read(File.ReadAllText(path))
                ?? throw new UsageException(
                    $"'{path}' holds no report of this version of mcunet: give a page that mcunet report wrote, what its --json printed, "
                        + "or a model (.onnx, .tflite)."
                );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The report '{path}' cannot be read: {problem.Message.TrimEnd('.')}.");
        }
    }
}
