using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Tasks;

/// <summary>A diagnostic as the engine prints it.</summary>
/// <param name="File">The file it points to, or null where it concerns the model as a whole.</param>
/// <param name="Line">1-based, 0 where unknown.</param>
internal sealed record EngineDiagnostic(string Id, DiagnosticSeverity Severity, string Message, string? File, int Line);

/// <summary>The part of <c>mcunet compile --json</c> and <c>mcunet arena --json</c> that the build uses.</summary>
/// <param name="Files">Written files, relative to the output directory.</param>
/// <param name="External">Full paths of the files that were read beside the model.</param>
/// <param name="Summary">A line for people, or null.</param>
internal sealed record EngineReport(
    IReadOnlyList<EngineDiagnostic> Diagnostics,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> External,
    string? Summary = null
)
{
    /// <exception cref="FormatException">The text is not such an object.</exception>
    public static EngineReport Parse(string json)
    {
        if (JsonText.Parse(json) is not Dictionary<string, object?> root)
            throw new FormatException("not a JSON object");
        return new(
            [.. List(root, "diagnostics").OfType<Dictionary<string, object?>>().Select(Diagnostic)],
            [.. List(root, "files").OfType<string>()],
            [.. List(root, "external").OfType<string>()],
            Text(root, "summary")
        );
    }

    /// <summary>What a file says that the engine wrote; null where it says nothing of that kind.</summary>
    public static EngineReport? Find(string json)
    {
        try
        {
            return Parse(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static EngineDiagnostic Diagnostic(Dictionary<string, object?> row) =>
        new(
            Text(row, "id") ?? throw new FormatException("a diagnostic has no id"),
            Text(row, "severity") switch
            {
                "error" => DiagnosticSeverity.Error,
                "warning" => DiagnosticSeverity.Warning,
                "info" => DiagnosticSeverity.Info,
                var other => throw new FormatException($"a diagnostic has severity '{other}'"),
            },
            Text(row, "message") ?? string.Empty,
            Text(row, "file"),
            row.TryGetValue("line", out var line) && line is double number and >= 0 and < int.MaxValue ? (int)number : 0
        );

    private static List<object?> List(Dictionary<string, object?> row, string key) =>
        row.TryGetValue(key, out var value) && value is List<object?> list ? list : [];

    private static string? Text(Dictionary<string, object?> row, string key) =>
        row.TryGetValue(key, out var value) && value is string { Length: > 0 } text ? text : null;
}
