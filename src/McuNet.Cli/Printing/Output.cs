using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McuNet.Diagnostics;

namespace McuNet.Cli.Printing;

/// <summary>What commands print: one JSON object, or text for people.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Json(JsonNode node) => Console.Out.WriteLine(Text(node));

    public static string Text(JsonNode node) => node.ToJsonString(Readable).ReplaceLineEndings("\n");

    public static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The end of a command: diagnostics are printed, unless its object has them already.</summary>
    /// <returns>Its exit code.</returns>
    public static int Finish(bool json, IReadOnlyCollection<Diagnostic> diagnostics) => json ? ExitCode(diagnostics) : Report(diagnostics);

    public static int Report(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Console.Error.WriteLine(diagnostic);
        return ExitCode(diagnostics);
    }

    public static int ExitCode(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? ExitCodes.AtFault : ExitCodes.Done;
}
