using System;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Training;

namespace McuNet.Cli.Train;

/// <summary>Which trainer runs: the one named by <c>--trainer</c>, else the bundled one on a Python that can train.</summary>
internal static class TrainerChoice
{
    private const string PythonVariable = "MCUNET_PYTHON";

    public static async Task<StageResult<TrainerCommand>> FindAsync(string? named, int threads, CancellationToken cancellation)
    {
        if (named is not null)
            return StageResult<TrainerCommand>.Success(
                TrainerCommand.Parse(named) ?? throw new UsageException("--trainer names no command.")
            );
        var found = await PythonAsync(dataset: null, cancellation).ConfigureAwait(false);
        return found.Then(python =>
            python.Problems() is { IsEmpty: false } problems
                ? StageResult<TrainerCommand>.Failure(problems)
                : StageResult<TrainerCommand>.Success(TrainerCommand.Bundled(python.Python, threads))
        );
    }

    public static Task<StageResult<PythonEnvironment>> PythonAsync(string? dataset, CancellationToken cancellation)
    {
        var chosen = Environment.GetEnvironmentVariable(PythonVariable);
        return PythonEnvironment.FindAsync(
            Environment.GetEnvironmentVariable("PATH") ?? "",
            string.IsNullOrEmpty(chosen) ? null : chosen,
            dataset,
            cancellation
        );
    }
}
