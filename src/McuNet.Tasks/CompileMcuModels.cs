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
/// Compiles all models that are out of date, several at the same time, and fails when all are done: one build shows the faults of all of them, in the order of
/// the items, each once.
/// </summary>
public sealed class CompileMcuModels : Task, ICancelableTask, IDisposable
{
    /// <summary>A compiler takes some hundred megabytes for a large model.</summary>
    private const int MostAtOnce = 8;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly IProcessRunner _runner;

    public CompileMcuModels()
        : this(new ProcessRunner())
    {
    }

    internal CompileMcuModels(IProcessRunner runner) => _runner = runner;

    /// <summary>Items of <see cref="PrepareMcuModels.StaleModels"/>.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>What was wrong before, from <see cref="PrepareMcuModels.Faults"/>.</summary>
    public ITaskItem[] Faults { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>The <c>dotnet</c> host that runs the tool.</summary>
    [Required]
    public string DotNetPath { get; set; } = string.Empty;

    public string? HelpRoot { get; set; }

    /// <summary>Namespace of façades written as files (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    public bool DesignTimeBuild { get; set; }

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();

    public override bool Execute()
    {
        var runs = new (bool Done, HeldLog Log)[Models.Length];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, Models.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostAtOnce, Environment.ProcessorCount) },
            i => runs[i] = Compile(Models[i]));
        foreach (var fault in Faults)
            HeldFault.Report(fault, new BuildDiagnostics(Log, HelpRoot, DesignTimeBuild));
        var said = new HashSet<object>();
        foreach (var run in runs)
            run.Log.Tell(said);
        return runs.All(r => r.Done) && Faults.Length == 0;
    }

    private (bool Done, HeldLog Log) Compile(ITaskItem model)
    {
        var log = new HeldLog(BuildEngine);
        using var task = new CompileMcuModel(_runner)
        {
            BuildEngine = log, Model = model, ProjectFile = ProjectFile, EnginePath = EnginePath, DotNetPath = DotNetPath, HelpRoot = HelpRoot,
            RootNamespace = RootNamespace, DesignTimeBuild = DesignTimeBuild,
        };
        using var stop = _cancellation.Token.Register(task.Cancel);
        return (task.Execute(), log);
    }
}
