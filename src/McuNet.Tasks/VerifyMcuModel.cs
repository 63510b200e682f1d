using McuNet.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Runs <c>mcunet verify</c> on one model; the stamp says that its generated code equals the reference.</summary>
public sealed class VerifyMcuModel : ModelTask
{
    public VerifyMcuModel()
        : this(new ProcessRunner()) { }

    internal VerifyMcuModel(IProcessRunner runner)
        : base(runner) { }

    /// <summary>An item of <see cref="PrepareMcuModels.StaleVerifications"/>.</summary>
    [Required]
    public ITaskItem Model { get; set; } = new TaskItem();

    private protected override ITaskItem Subject => Model;

    /// <remarks>What is less than an error, compiling the same model has said.</remarks>
    private protected override bool Says(EngineDiagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    public override bool Execute() =>
        Write(() =>
        {
            if (RunEngine("verify") is null)
                return;
            Finish([], []);
            Log.LogMessage(
                MessageImportance.High,
                "{0}: the C equals the reference on {1}.",
                Model.GetMetadata("McuName"),
                Model.GetMetadata("VerifyOn")
            );
        });
}
