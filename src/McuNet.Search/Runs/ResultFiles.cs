using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>A contender's files: what an export to ONNX needs.</summary>
/// <param name="Weights">Safetensors, float32, batch norm folded.</param>
/// <param name="Calibration">Training images at its resolution.</param>
/// <param name="Test">Test images at its resolution; null without a test split.</param>
public sealed record ContenderFiles(Contender Contender, string Weights, string Calibration, string? Test);

/// <summary>Turns a network with its weights into the ONNX file that a build consumes.</summary>
public interface IExport
{
    /// <summary>Writes <paramref name="output"/>, and says what it measured.</summary>
    Task<StageResult<JsonObject>> ExportAsync(SearchJob job, ContenderFiles files, string output, CancellationToken cancellation);
}

/// <summary>Writes what a finished search leaves in its folder beside the log: weights, architectures and image sets.</summary>
public static class ResultFiles
{
    /// <summary>
    /// The files of the winner, then of the other rows in order, named <c>winner</c>, <c>found</c> for the best of evolution, and
    /// <c>baseline-N</c>. Errors: the trainer's, MCU8052.
    /// </summary>
    public static async Task<StageResult<IReadOnlyList<ContenderFiles>>> WriteAsync(
        SearchJob job,
        ITrainer trainer,
        SearchOutcome outcome,
        CancellationToken cancellation = default
    )
    {
        var files = new List<ContenderFiles>();
        try
        {
            foreach (var (name, contender) in Named(outcome))
            {
                var resolution = contender.Candidate.Architecture.Resolution;
                var weights = Path.Combine(job.Folder, name + ".safetensors");
                var architecture = Path.Combine(job.Folder, name + ".json");
                SearchState.WriteOrStop(
                    architecture,
                    () => FileBatch.Write(architecture, contender.Candidate.Architecture.ToJson() + "\n")
                );
                Value(await trainer.ExportAsync(contender.Candidate.Architecture, weights, contender.Weights, null, cancellation));
                var calibration = await Images(job, trainer, resolution, DataSplit.Train, job.File.CalibrationImages, cancellation);
                var test = outcome.Dataset.Test > 0 ? await Images(job, trainer, resolution, DataSplit.Test, null, cancellation) : null;
                files.Add(new ContenderFiles(contender, weights, calibration, test));
            }
            return StageResult<IReadOnlyList<ContenderFiles>>.Success(files);
        }
        catch (SearchStoppedException stop)
        {
            return StageResult<IReadOnlyList<ContenderFiles>>.Failure([.. stop.Diagnostics]);
        }
    }

    private static IEnumerable<(string Name, Contender Contender)> Named(SearchOutcome outcome)
    {
        var rows = outcome.Rows.Select((contender, index) => (Name: index == 0 ? "found" : $"baseline-{index}", contender));
        return rows.Where(r => r.contender != outcome.Winner).Prepend(("winner", outcome.Winner));
    }

    private static async Task<string> Images(
        SearchJob job,
        ITrainer trainer,
        int resolution,
        DataSplit split,
        int? count,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(job.Folder, $"{(split == DataSplit.Test ? "test" : "calibration")}-{resolution}.safetensors");
        if (!File.Exists(path))
            Value(await trainer.CalibrationSetAsync(resolution, path, count, split, cancellation));
        return path;
    }

    private static T Value<T>(StageResult<T> result)
        where T : class => result.Succeeded ? result.Value : throw new SearchStoppedException([.. result.Diagnostics]);
}
