using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Runs the generated code of models that ask for it and are out of date, and compares it with the reference.</summary>
public sealed class VerifyMcuModels : EachModelTask
{
    public VerifyMcuModels()
        : this(new ProcessRunner()) { }

    internal VerifyMcuModels(IProcessRunner runner)
        : base(runner) { }

    private protected override ModelTask TaskOf(ITaskItem model, IProcessRunner runner) => new VerifyMcuModel(runner) { Model = model };
}
