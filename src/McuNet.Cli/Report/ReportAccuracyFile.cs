using System;
using System.IO;
using System.Text.Json;
using McuNet.Compiler.Report;
using McuNet.Search;

namespace McuNet.Cli.Report;

/// <summary>Accuracy that somebody has measured: what <c>mcunet quantize --json</c> printed, or the record that a search left beside its
/// network.</summary>
internal static class ReportAccuracyFile
{
    /// <param name="given">A file, or null for the record beside the model, where there is one.</param>
    /// <exception cref="UsageException">The given file holds no accuracy.</exception>
    public static ReportAccuracy? Find(string? given, string model)
    {
        var path = given ?? SearchStamp.RecordOf(model);
        if (given is null && !File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return Of(json.RootElement) is { } accuracy ? accuracy with { Source = Path.GetFileName(path) }
                : given is null ? null
                : throw new UsageException($"'{path}' holds no accuracy: give what mcunet quantize --json printed.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return given is null
                ? null
                : throw new UsageException($"The accuracy '{path}' cannot be read: {problem.Message.TrimEnd('.')}.");
        }
    }

    private static ReportAccuracy? Of(JsonElement root) =>
        Field(root, "accuracy", JsonValueKind.Object) is { } row
            ? new(
                "",
                (int?)Number(row, "samples"),
                Field(row, "on", JsonValueKind.String)?.GetString(),
                Number(row, "float"),
                Number(row, "int8"),
                Number(row, "code")
            )
            : null;

    private static double? Number(JsonElement row, string name) => Field(row, name, JsonValueKind.Number)?.GetDouble();

    private static JsonElement? Field(JsonElement row, string name, JsonValueKind kind) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
