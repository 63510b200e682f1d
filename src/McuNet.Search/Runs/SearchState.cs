using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Search.Spaces;

namespace McuNet.Search.Runs;

/// <summary>
/// The file <c>search.json</c> in the output folder: of what a search is, and its result once there is one. The search itself continues by
/// doing everything again and finding in the log what is done.
/// </summary>
public static class SearchState
{
    private const string FileName = "search.json";
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Takes the folder for a search, and returns its log. Errors: MCU8045 another search is there, MCU8046 this search is there and
    /// <paramref name="resume"/> is false, MCU8047 damaged, MCU8052 not writable.
    /// </summary>
    public static StageResult<EvaluationLog> Enter(SearchJob job, bool resume)
    {
        var path = Path.Combine(job.Folder, FileName);
        try
        {
            Directory.CreateDirectory(job.Folder);
            if (!File.Exists(path))
            {
                Write(path, new JsonObject { ["version"] = 1, ["of"] = Identity(job) });
                return EvaluationLog.Open(job.LogPath);
            }
            if (Difference(path, job) is { } difference)
                return StageResult<EvaluationLog>.Failure(difference);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StageResult<EvaluationLog>.Failure(Diagnostic.Create(DiagnosticCatalog.SearchNotWritten, path, e.Message.TrimEnd('.')));
        }
        return EvaluationLog
            .Open(job.LogPath)
            .Then(log =>
            {
                if (resume || log.Count == 0)
                    return StageResult<EvaluationLog>.Success(log);
                log.Dispose();
                return StageResult<EvaluationLog>.Failure(Diagnostic.Create(DiagnosticCatalog.SearchStateExists, job.Folder, log.Count));
            });
    }

    /// <summary>Adds the result.</summary>
    /// <exception cref="SearchStoppedException">The file cannot be written; the one before is kept.</exception>
    public static void Finish(SearchJob job, JsonObject result)
    {
        var path = Path.Combine(job.Folder, FileName);
        WriteOrStop(
            path,
            () =>
                Write(
                    path,
                    new JsonObject
                    {
                        ["version"] = 1,
                        ["of"] = Identity(job),
                        ["result"] = result,
                    }
                )
        );
    }

    /// <summary>Runs <paramref name="write"/>; a disk that refuses ends the search with MCU8052.</summary>
    public static void WriteOrStop(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStoppedException(Diagnostic.Create(DiagnosticCatalog.SearchNotWritten, path, e.Message.TrimEnd('.')));
        }
    }

    private static void Write(string path, JsonObject state) => FileBatch.Write(path, state.ToJsonString(Readable) + "\n");

    private static Diagnostic? Difference(string path, SearchJob job)
    {
        JsonObject? of;
        try
        {
            of = JsonNode.Parse(File.ReadAllText(path))?["of"] as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Diagnostic.Create(
                DiagnosticCatalog.SearchStateDamaged,
                path,
                ((e as JsonException)?.LineNumber ?? 0) + 1,
                "it is not JSON"
            );
        }
        if (of is null)
            return Diagnostic.Create(DiagnosticCatalog.SearchStateDamaged, path, 1, "it does not say of what it is");
        foreach (var (name, value) in Identity(job))
        {
            if (!JsonNode.DeepEquals(of[name], value))
                return Diagnostic.Create(
                    DiagnosticCatalog.SearchStateOfAnother,
                    job.Folder,
                    name,
                    of[name]?.ToString() ?? "none",
                    value!.ToString()
                );
        }
        return null;
    }

    /// <summary>What the answers in the log depend on. The ranking gate decides whether a search goes on, not what it finds, and may
    /// change.</summary>
    private static JsonObject Identity(SearchJob job) =>
        new()
        {
            ["seed"] = job.File.Seed,
            ["search space"] = $"{job.Space.Name} {Digest(SpaceWriter.Write(job.Space).ToJsonString())}",
            ["data set file"] = Digest(File.Exists(job.DatasetPath) ? File.ReadAllText(job.DatasetPath) : ""),
            ["device"] = $"{job.Device.Id} {Digest(JsonSerializer.Serialize(job.Device))}",
            ["search file"] = Digest(JsonSerializer.Serialize(job.File with { Rank = job.File.Rank with { Gate = 0, Stops = false } })),
        };

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
