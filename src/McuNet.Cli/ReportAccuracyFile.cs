using System;
using System.IO;
using System.Text.Json;
using McuNet.Compiler.Report;
using McuNet.Search;

namespace McuNet.Cli;

/// <summary>Accuracy that somebody has measured: what <c>mcunet quantize --json</c> printed, or the record that a search left beside its network.</summary>
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
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("accuracy", out var accuracy) && accuracy.ValueKind == JsonValueKind.Object
                ? new(Path.GetFileName(path), (int?)Number(accuracy, "samples"), Text(accuracy, "on"), Number(accuracy, "float"), Number(accuracy, "int8"), Number(accuracy, "code"))
                : given is null ? null : throw new UsageException($"'{path}' holds no accuracy: give what mcunet quantize --json printed.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return given is null ? null : throw new UsageException($"The accuracy '{path}' cannot be read: {problem.Message.TrimEnd('.')}.");
        }
    }

    private static double? Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
