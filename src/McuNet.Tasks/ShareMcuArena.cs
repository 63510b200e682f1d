using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Runs <c>mcunet arena</c> on the compiled models of one group, and says how many bytes sharing saves.</summary>
public sealed class ShareMcuArena : ModelTask
{
    public ShareMcuArena()
        : this(new ProcessRunner()) { }

    internal ShareMcuArena(IProcessRunner runner)
        : base(runner) { }

    /// <summary>An item of <see cref="PrepareMcuModels.PreparedArenas"/>.</summary>
    [Required]
    public ITaskItem Arena { get; set; } = new TaskItem();

    private protected override ITaskItem Subject => Arena;

    /// <remarks>A stamp is missing only where a design-time build has let a faulty model pass, which has been reported.</remarks>
    public override bool Execute() =>
        Write(() =>
        {
            if (!Arena.GetMetadata("ModelStamps").Split(';').All(m => File.Exists(FullPath(m))) || RunEngine("arena") is not { } report)
                return;
            Finish(report.Files, []);
            Log.LogMessage(MessageImportance.High, "{0}", report.Summary);
        });
}
