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
    private readonly List<ITaskItem> _shown = [];

    public CompileMcuModel()
        : this(new ProcessRunner()) { }

    internal CompileMcuModel(IProcessRunner runner)
        : base(runner) { }

    /// <summary>An item of <see cref="PrepareMcuModels.PreparedModels"/>.</summary>
    [Required]
    public ITaskItem Model { get; set; } = new TaskItem();

    /// <summary>Namespace of a façade written as a file (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    /// <summary>Errors of a design-time build, as <see cref="ShownFault"/>.</summary>
    internal IReadOnlyList<ITaskItem> Shown => _shown;

    private protected override ITaskItem Subject => Model;

    private protected override bool Says(EngineDiagnostic diagnostic)
    {
        if (DesignTimeBuild && diagnostic.Severity == DiagnosticSeverity.Error)
            _shown.Add(ShownFault.Of(Model.GetMetadata("McuName"), diagnostic.Id, diagnostic.Message, ItemLocation()));
        return true;
    }

    public override bool Execute() =>
        Write(() =>
        {
            if (RunEngine("compile") is not { } report)
                return;
            IReadOnlyList<string>? files =
                Model.GetMetadata("Emit") != "Files" ? report.Files
                : WriteFacade() is { } facade ? [.. report.Files, facade]
                : null;
            if (files is null)
                return;
            Finish(files, report.External);
            if (!files.Contains(ReportName))
                File.Delete(FullPath(Path.Combine(Model.GetMetadata("OutputDirectory"), ReportName)));
            if (report.Summary is { } summary && !DesignTimeBuild)
                Log.LogMessage(MessageImportance.High, "{0}", summary);
        });

    /// <summary>Of the report, which a compilation that fails leaves too.</summary>
    private string ReportName => Model.GetMetadata("McuName") + ".report.html";

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
        var request = new FacadeRequest(
            model,
            FacadeNames.Namespace(RootNamespace),
            model.ClassName,
            dialect,
            Model.GetMetadata("Visibility") == "public"
        );
        var facade = FullPath(Model.GetMetadata("FacadeFile"));
        FileBatch.Write(facade, FacadeWriter.Write(request));
        return Path.GetFileName(facade);
    }
}
