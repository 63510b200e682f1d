using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace McuNet.Tasks;

/// <summary>
/// Does one thing with each of several models, several at the same time, and fails when all are done: one build shows the faults of all of
/// them, in the order of the items, each once.
/// </summary>
public abstract class EachModelTask : Task, ICancelableTask, IDisposable
{
    /// <summary>A compiler takes some hundred megabytes for a large model.</summary>
    private const int MostAtOnce = 8;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    private protected EachModelTask(IProcessRunner runner) => _runner = runner;

    /// <summary>Items of <see cref="PrepareMcuModels"/>.</summary>
    public ITaskItem[] Models { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the tool.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    /// <summary>What is done with one of them.</summary>
    private protected abstract ModelTask TaskOf(ITaskItem model, IProcessRunner runner);

    /// <summary>Told of each that has run, one at a time.</summary>
    private protected virtual void Ran(ModelTask task) { }

    public override bool Execute()
    {
        var runs = new (bool Done, HeldLog Log)[Models.Length];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, Models.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostAtOnce, Environment.ProcessorCount) },
            i => runs[i] = Run(Models[i])
        );
        var said = new HashSet<object>();
        foreach (var run in runs)
            run.Log.Tell(said);
        return runs.All(r => r.Done);
    }

    private (bool Done, HeldLog Log) Run(ITaskItem model)
    {
        var log = new HeldLog(BuildEngine);
        using var task = TaskOf(model, _runner);
        task.BuildEngine = log;
        (task.ProjectFile, task.EnginePath, task.DotNetPath, task.HelpRoot, task.DesignTimeBuild) = (
            ProjectFile,
            EnginePath,
            DotNetPath,
            HelpRoot,
            DesignTimeBuild
        );
        using var stop = _cancellation.Token.Register(task.Cancel);
        var done = task.Execute();
        lock (_cancellation)
            Ran(task);
        return (done, log);
    }
}
