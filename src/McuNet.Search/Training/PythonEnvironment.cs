using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;

namespace McuNet.Search.Training;

/// <summary>A module that a Python lacks.</summary>
/// <param name="Package">The Debian package that holds it.</param>
/// <param name="Needed">Whether nothing trains without it; Pillow only reads image files.</param>
public sealed record MissingModule(string Module, string Package, bool Needed);

/// <summary>What a Python installation offers for training, as the bundled trainer's <c>--check</c> found.</summary>
/// <param name="Modules">Module -> version; null where it is missing.</param>
/// <param name="Cuda">The accelerator's name, or null.</param>
/// <param name="Dataset">What was found in the data set file that was asked about: a summary, or an object with <c>error</c>.</param>
public sealed record PythonEnvironment(
    string Python,
    string Version,
    ImmutableDictionary<string, string?> Modules,
    ImmutableArray<MissingModule> Missing,
    string? Cuda,
    JsonObject? Dataset
)
{
    /// <summary>Exit code of a program that SIGINT ended.</summary>
    private const int Interrupted = 130;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Whether it can train.</summary>
    public bool IsComplete => !Missing.Any(m => m.Needed);

    /// <summary>The errors that keep it from training on the data set that was asked about.</summary>
    public ImmutableArray<Diagnostic> Problems()
    {
        var needed = Missing.Where(m => m.Needed).ToList();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        if (needed.Count > 0)
        {
            problems.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.TrainerMissing,
                    string.Join(" and ", needed.Select(m => m.Module)),
                    Python,
                    string.Join(' ', needed.Select(m => m.Package)),
                    string.Join(' ', needed.Select(m => m.Module))
                )
            );
        }
        if ((string?)Dataset?["error"] is { } error)
            problems.Add(Diagnostic.Create(DiagnosticCatalog.TrainerRefused, "check", error, "dataset-invalid"));
        return problems.ToImmutable();
    }

    /// <summary>The first Python of a search path that can train, else the first one; MCU8109 where there is none, MCU8103 where one does
    /// not answer.</summary>
    /// <param name="chosen">A path that is taken in any case, or null.</param>
    /// <param name="dataset">A data set file to look at, or null.</param>
    /// <exception cref="OperationCanceledException">Cancelled, or a Python that was asked was interrupted.</exception>
    public static async Task<StageResult<PythonEnvironment>> FindAsync(
        string searchPath,
        string? chosen,
        string? dataset,
        CancellationToken cancellation = default
    )
    {
        PythonEnvironment? first = null;
        Diagnostic? silent = null;
        foreach (var python in chosen is null ? Candidates(searchPath) : [chosen])
        {
            var probe = await Task.Run(() => Probe(python, dataset, cancellation), cancellation).ConfigureAwait(false);
            if (probe.Found is { IsComplete: true } found)
                return StageResult<PythonEnvironment>.Success(found);
            first ??= probe.Found;
            silent ??= probe.Silent;
        }
        return first is not null
            ? StageResult<PythonEnvironment>.Success(first)
            : StageResult<PythonEnvironment>.Failure(
                silent
                    ?? Diagnostic.Create(
                        DiagnosticCatalog.TrainerMissing,
                        "Python 3.9 or later",
                        chosen ?? "the search path",
                        "python3 python3-torch python3-numpy",
                        "torch numpy"
                    )
            );
    }

    private static IEnumerable<string> Candidates(string searchPath) =>
        from folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in OperatingSystem.IsWindows() ? new[] { "python3.exe", "python.exe" } : ["python3", "python"]
        let file = Path.Combine(folder, name)
        where File.Exists(file)
        select file;

    /// <summary>No value and no error where that is no Python that runs the trainer's files; MCU8103 where it does not answer.</summary>
    private static (PythonEnvironment? Found, Diagnostic? Silent) Probe(string python, string? dataset, CancellationToken cancellation)
    {
        var command = TrainerCommand.Bundled(
            python,
            1,
            dataset is null ? ["--check"] : ["--check", "--dataset", Path.GetFullPath(dataset)]
        );
        var check = new ToolProcess(command.File, command.Arguments, Environment.CurrentDirectory, Limit)
        {
            Environment = command.Environment.ToDictionary(e => e.Key, e => (string?)e.Value),
        };
        try
        {
            var outcome = check.Run(cancellation);
            // Ctrl+C reaches the whole group of processes, maybe this one after its child.
            if (outcome.ExitCode == Interrupted)
                throw new OperationCanceledException(cancellation);
            if (outcome.RanPast is { } limit)
                return (null, Diagnostic.Create(DiagnosticCatalog.TrainerSilent, command, limit.TotalSeconds, "check", "nothing"));
            return (outcome.Succeeded ? Read(python, JsonNode.Parse(outcome.Output)!.AsObject()) : null, null);
        }
        catch (Exception e) when (e is Win32Exception or JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static PythonEnvironment Read(string python, JsonObject found) =>
        new(
            python,
            (string)found["python"]!,
            found["modules"]!.AsObject().ToImmutableDictionary(m => m.Key, m => (string?)m.Value),
            [
                .. found["missing"]!
                    .AsArray()
                    .Select(m => new MissingModule((string)m!["module"]!, (string)m["package"]!, (bool)m["needed"]!)),
            ],
            (string?)found["cuda"],
            found["dataset"]?.DeepClone().AsObject()
        );
}
