using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Search.Runs;

namespace McuNet.Search.Export;

/// <summary>Exports what a finished search compared: the winner to where a build expects it, with a record of its origin, and the other
/// rows beside the search's state.</summary>
public static class SearchExport
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="files">The winner's, then those of the other rows.</param>
    /// <param name="stamp">What the search was for, as <see cref="SearchStamp"/> says.</param>
    /// <returns>One JSON object per network, in the order of <paramref name="files"/>. Errors: those of <see cref="OnnxExport"/>,
    /// MCU8062.</returns>
    public static async Task<StageResult<JsonArray>> RunAsync(
        SearchJob job,
        IReadOnlyList<ContenderFiles> files,
        string output,
        string stamp,
        IExport export,
        CancellationToken cancellation = default
    )
    {
        var (exported, found) = (new JsonArray(), new List<Diagnostic>());
        for (var i = 0; i < files.Count; i++)
        {
            var result = await export.ExportAsync(
                job,
                files[i],
                i == 0 ? output : Path.ChangeExtension(files[i].Weights, ".onnx"),
                cancellation
            );
            found.AddRange(
                i == 0
                    ? result.Diagnostics
                    : result.Diagnostics.Select(d => d with { Descriptor = d.Descriptor with { Severity = DiagnosticSeverity.Warning } })
            );
            if (i == 0 && (!result.Succeeded || Record(job, files[0], output, stamp, result.Value) is { } problem && Add(found, problem)))
                break;
            exported.Add(result.ValueOrNull);
        }
        return found.Any(d => d.Severity == DiagnosticSeverity.Error)
            ? StageResult<JsonArray>.Failure([.. found], exported)
            : StageResult<JsonArray>.Success(exported, [.. found]);
    }

    private static Diagnostic? Record(SearchJob job, ContenderFiles winner, string output, string stamp, JsonObject exported)
    {
        var path = SearchStamp.RecordOf(output);
        try
        {
            FileBatch.Write(
                path,
                new JsonObject
                {
                    [SearchStamp.Field] = stamp,
                    ["space"] = job.Space.Name,
                    ["device"] = job.Device.Id,
                    ["seed"] = job.File.Seed,
                    ["from"] = winner.Contender.Name,
                    ["input"] = exported["input"]!.DeepClone(),
                    ["sram"] = exported["sram"]!.DeepClone(),
                    ["flash"] = exported["flash"]!.DeepClone(),
                    ["accuracy"] = exported["accuracy"]?.DeepClone(),
                    ["architecture"] = JsonNode.Parse(winner.Contender.Candidate.Architecture.ToJson()),
                }.ToJsonString(Readable) + "\n"
            );
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Diagnostic.Create(DiagnosticCatalog.NetworkNotWritten, path, problem.Message.TrimEnd('.'), winner.Weights);
        }
    }

    private static bool Add(List<Diagnostic> found, Diagnostic problem)
    {
        found.Add(problem);
        return true;
    }
}
