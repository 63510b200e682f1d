using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Facade;
using McuNet.Files;
using McuNet.Manifest;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>Runs <c>mcunet compile</c> on one prepared model.</summary>
public sealed class CompileMcuModel : ModelTask
{
    public CompileMcuModel()
        : this(new ProcessRunner())
    {
    }

    internal CompileMcuModel(IProcessRunner runner)
        : base(runner)
    {
    }

    /// <summary>An item of <see cref="PrepareMcuModels.PreparedModels"/>.</summary>
    [Required]
    public ITaskItem Model { get; set; } = new TaskItem();

    /// <summary>Namespace of a façade written as a file (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    private protected override ITaskItem Subject => Model;

    public override bool Execute() => Write(() =>
    {
        if (RunEngine("compile") is not { } report)
            return;
        IReadOnlyList<string>? files = Model.GetMetadata("Emit") != "Files" ? report.Files : WriteFacade() is { } facade ? [.. report.Files, facade] : null;
        if (files is null)
            return;
        Finish(files, report.External);
        if (report.Summary is { } summary && !DesignTimeBuild)
            Log.LogMessage(MessageImportance.High, "{0}", summary);
    });

    private string? WriteFacade()
    {
        var manifest = FullPath(Model.GetMetadata("ManifestFile"));
        var parsed = ManifestText.Parse(File.Exists(manifest) ? File.ReadAllText(manifest) : string.Empty);
        if (parsed.Manifest is not { } model)
        {
            Diagnostics.Report(DiagnosticCatalog.BuildManifestUnreadable, ItemLocation(), manifest, parsed.Problem!);
            return null;
        }
        var dialect = Model.GetMetadata("Dialect") == "arrays" ? FacadeDialect.Arrays : FacadeDialect.Spans;
        var request = new FacadeRequest(model, FacadeNames.Namespace(RootNamespace), model.ClassName, dialect, Model.GetMetadata("Visibility") == "public");
        var facade = FullPath(Model.GetMetadata("FacadeFile"));
        FileBatch.Write(facade, FacadeWriter.Write(request));
        return Path.GetFileName(facade);
    }
}
