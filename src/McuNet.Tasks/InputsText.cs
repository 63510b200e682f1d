using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace McuNet.Tasks;

/// <summary>
/// What besides its arguments decides what the engine writes, a line each: <c>KIND NAME</c>, and for files <c>KIND HASH BYTES NAME</c>. The
/// engine counts by the content of its assemblies, which in a newer package can be older than the last build.
/// </summary>
internal sealed class InputsText
{
    private readonly FileHashes _hashes = new();
    private readonly string _tools;

    public InputsText(string enginePath)
    {
        var folder = Path.GetDirectoryName(enginePath)!;
        var assemblies = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.dll").OrderBy(f => f, StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        _tools =
            string.Concat(assemblies.Select(f => $"engine {_hashes.Of(f)} {Path.GetFileName(f)}\n"))
            + $"tasks {typeof(InputsText).Module.ModuleVersionId:N}\n";
    }

    /// <param name="facade">How the façade is written where the task does that, else what takes its place.</param>
    public string OfModel(ModelRequest request, string facade) =>
        $"{_tools}facade {facade}\n" + string.Concat(request.InputFiles().Select(i => $"{i.Kind} {_hashes.Of(i.File)} {i.File}\n"));

    /// <summary>What decides whether generated code equals the reference.</summary>
    public string OfVerification(ModelRequest request) =>
        _tools
        + string.Concat(
            request
                .InputFiles()
                .Concat(request.CaseFiles().Select(f => (Kind: "case", File: f)))
                .Select(i => $"{i.Kind} {_hashes.Of(i.File)} {i.File}\n")
        );

    /// <param name="models">Name and fingerprint of each model that shares the arena.</param>
    public string OfArena(IEnumerable<(string Name, string Fingerprint)> models) =>
        _tools + string.Concat(models.Select(m => $"model {m.Fingerprint} {m.Name}\n"));
}
