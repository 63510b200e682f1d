using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McuNet.Diagnostics;

namespace McuNet.Search.Runs;

/// <summary>
/// What a search has found out, one JSON object per line, each with a <c>key</c>. Lines are only ever added, and are on disk when
/// <see cref="Append"/> returns; a last line that was cut off is dropped.
/// </summary>
public sealed class EvaluationLog : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Dictionary<string, JsonObject> _entries = new(StringComparer.Ordinal);

    private EvaluationLog(string path, FileStream file) => (_path, _file) = (path, file);

    public int Count => _entries.Count;

    /// <summary>Opens or begins a log, for this process alone: two searches in one folder would write over each other. Errors: MCU8047
    /// damaged, MCU8052 not writable or in use.</summary>
    public static StageResult<EvaluationLog> Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            file.SetLength(whole);
            file.Position = whole;
            var log = new EvaluationLog(path, file);
            var number = 0;
            foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                number++;
                if (log.Take(line) is { } problem)
                {
                    file.Dispose();
                    return StageResult<EvaluationLog>.Failure(
                        Diagnostic.Create(DiagnosticCatalog.SearchStateDamaged, path, number, problem)
                    );
                }
            }
            return StageResult<EvaluationLog>.Success(log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            return StageResult<EvaluationLog>.Failure(Diagnostic.Create(DiagnosticCatalog.SearchNotWritten, path, e.Message.TrimEnd('.')));
        }
    }

    public JsonObject? Find(string key) => _entries.GetValueOrDefault(key);

    /// <exception cref="SearchStoppedException">The disk is full; the log is as it was before.</exception>
    public void Append(string key, JsonObject entry)
    {
        entry.Insert(0, "key", key);
        var end = _file.Position;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(entry.ToJsonString() + "\n"));
            _file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Restore(end);
            throw new SearchStoppedException(Diagnostic.Create(DiagnosticCatalog.SearchNotWritten, _path, e.Message.TrimEnd('.')));
        }
        _entries[key] = entry;
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What did not reach the disk was reported when it was added.
        }
    }

    private void Restore(long end)
    {
        try
        {
            _file.SetLength(end);
            _file.Position = end;
        }
        catch (IOException)
        {
            // The torn line is dropped when the log is opened again.
        }
    }

    private string? Take(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject entry || entry["key"] is not JsonValue key || !key.TryGetValue<string>(out var name))
                return "it is no object with a key";
            _entries[name] = entry;
            return null;
        }
        catch (JsonException)
        {
            return "it is not JSON";
        }
    }
}

/// <summary>Ends a search with diagnostics for the user.</summary>
public sealed class SearchStoppedException(params Diagnostic[] diagnostics) : Exception(string.Join("\n", (object[])diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
