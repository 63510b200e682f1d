using System;
using System.Linq;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Compiles all models that are out of date, and reports with their faults those of items that could not be prepared.</summary>
public sealed class CompileMcuModels : EachModelTask
{
    public CompileMcuModels()
        : this(new ProcessRunner()) { }

    internal CompileMcuModels(IProcessRunner runner)
        : base(runner) { }

    /// <summary>What was wrong before, from <see cref="PrepareMcuModels.Faults"/>.</summary>
    public ITaskItem[] Faults { get; set; } = [];

    /// <summary>Namespace of façades written as files (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    /// <summary>Errors of models in a design-time build, as <see cref="ShownFault"/>.</summary>
    [Output]
    public ITaskItem[] ShownFaults { get; private set; } = [];

    private protected override ModelTask TaskOf(ITaskItem model, IProcessRunner runner) =>
        new CompileMcuModel(runner) { Model = model, RootNamespace = RootNamespace };

    public override bool Execute()
    {
        foreach (var fault in Faults)
            HeldFault.Report(fault, new BuildDiagnostics(Log, HelpRoot, DesignTimeBuild));
        return base.Execute() && Faults.Length == 0;
    }

    private protected override void Ran(ModelTask task) =>
        ShownFaults = [.. ShownFaults.Concat(((CompileMcuModel)task).Shown).OrderBy(f => f.ItemSpec, StringComparer.Ordinal)];
}
