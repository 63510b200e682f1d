using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;
using McuNet.Options;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>
/// Checks the <c>McuModel</c> items of a project and works out where their outputs go. Per model and arena it leaves a
/// <see cref="BuildStamp"/>, which says what is out of date.
/// </summary>
public sealed class PrepareMcuModels : Task
{
    private const string Managed = "csharp";
    private const string Nano = "nanoframework";
    private const string Interop = "interop";

    private readonly List<ITaskItem> _shown = [];

    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The <c>McuSearch</c> items, whose networks may not have been found yet.</summary>
    public ITaskItem[] Searches { get; set; } = [];

    /// <summary>Absolute path of the user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = string.Empty;

    /// <summary>Directory under which each model gets its own; ends in a separator, may be relative to the project.</summary>
    [Required]
    public string OutputRoot { get; set; } = string.Empty;

    [Required]
    public string EnginePath { get; set; } = string.Empty;

    /// <summary>Kinds of code to write, such as <c>c,csharp</c>.</summary>
    [Required]
    public string Target { get; set; } = string.Empty;

    /// <summary>Namespace of a façade written as a file (<c>Emit="Files"</c>).</summary>
    public string? RootNamespace { get; set; }

    /// <summary>Language of the project, such as <c>C#</c>.</summary>
    public string Language { get; set; } = string.Empty;

    public string LangVersion { get; set; } = string.Empty;

    public string TargetFrameworkIdentifier { get; set; } = string.Empty;

    public string TargetFrameworkVersion { get; set; } = string.Empty;

    public bool IsNanoFramework { get; set; }

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    /// <summary>Give errors as <see cref="Faults"/>, for <see cref="CompileMcuModels"/> to report once it has compiled the models that have
    /// none.</summary>
    public bool HoldErrors { get; set; }

    /// <summary>Errors that are still to be reported.</summary>
    [Output]
    public ITaskItem[] Faults { get; private set; } = [];

    /// <summary>Errors of items in a design-time build, which fails for none of them, as <see cref="ShownFault"/>.</summary>
    [Output]
    public ITaskItem[] ShownFaults { get; private set; } = [];

    /// <summary>One item per valid model: its path, with the names of all files that will be written as metadata; files of a kind that is
    /// not written have none.</summary>
    [Output]
    public ITaskItem[] PreparedModels { get; private set; } = [];

    /// <summary>The prepared models that are to be compiled.</summary>
    [Output]
    public ITaskItem[] StaleModels { get; private set; } = [];

    /// <summary>The prepared arenas that are to be written: all of the others are as their models want them.</summary>
    [Output]
    public ITaskItem[] StaleArenas { get; private set; } = [];

    /// <summary>The models whose generated code is to be run and compared with the reference: as the prepared ones, with files of that
    /// check.</summary>
    [Output]
    public ITaskItem[] StaleVerifications { get; private set; } = [];

    /// <summary>One item per arena that valid models share: its first model's path, with the names of all files as metadata.</summary>
    [Output]
    public ITaskItem[] PreparedArenas { get; private set; } = [];

    /// <summary>Files beside the models whose content decides a result: device files and samples.</summary>
    [Output]
    public ITaskItem[] FurtherInputs { get; private set; } = [];

    public override bool Execute()
    {
        var faults = new List<ITaskItem>();
        var diagnostics = new BuildDiagnostics(Log, HelpRoot, DesignTimeBuild, HoldErrors ? faults : null);
        try
        {
            Prepare(diagnostics, new InputsText(EnginePath));
            if (!DesignTimeBuild)
                Describe(diagnostics, PreparedModels.Except(StaleModels));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(
                DiagnosticCatalog.OutputNotWritten,
                new SourceLocation(ProjectFile, 1, 1),
                OutputRoot,
                problem.Message.TrimEnd('.')
            );
        }
        Faults = [.. faults];
        ShownFaults = [.. _shown];
        return !Log.HasLoggedErrors;
    }

    private TargetPlatform Platform => new(Language, TargetFrameworkIdentifier, TargetFrameworkVersion, LangVersion, IsNanoFramework);

    private void Prepare(BuildDiagnostics diagnostics, InputsText inputs)
    {
        if (Models.Length > 0 && !CheckPlatform(diagnostics))
            return;
        var further = new List<string>();
        var prepared = new List<ITaskItem>();
        var verifications = new List<ITaskItem>();
        var arenas = new List<(string Name, ITaskItem Model)>();
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (include, element) in MetadataCheck.EmptyWildcards(ProjectFile, Models))
            diagnostics.Report(DiagnosticCatalog.BuildWildcardEmpty, element.Location, include, Path.GetDirectoryName(ProjectFile)!);
        foreach (var item in Models)
        {
            foreach (var unknown in MetadataCheck.Unknown(item))
                this.Report(
                    diagnostics,
                    item,
                    DiagnosticCatalog.BuildMetadataUnknown,
                    [item.ItemSpec, unknown, MetadataCheck.Advice(unknown)]
                );

            void Report(DiagnosticDescriptor descriptor, object[] values) => this.Report(diagnostics, item, descriptor, values);

            var reader = new ModelRequestReader(Path.GetDirectoryName(ProjectFile)!, OutputRoot, Target, Written, Report);

            string? Written(string metadata) => Element(item)?.Written(metadata);

            if (reader.Read(item) is not { } request)
                continue;
            var identity = ModelNames.ClassName(request.Name);
            if (taken.TryGetValue(identity, out var other))
            {
                Report(DiagnosticCatalog.BuildNameDuplicate, [other, item.ItemSpec, request.Name]);
                continue;
            }
            if (
                request.Arena is { } arena
                && arenas.FirstOrDefault(a => SameClass(a.Name, arena)).Name is { } spelling
                && spelling != arena
            )
            {
                Report(DiagnosticCatalog.BuildOptionInvalid, [item.ItemSpec, "Arena", arena, $"{spelling}, as another model has it"]);
                continue;
            }
            taken.Add(identity, item.ItemSpec);
            prepared.Add(Prepare(item, request, reader.Chosen(item, "Emit"), reader.Chosen(item, "Visibility"), inputs));
            if (request.VerifyArguments is { } arguments)
                verifications.Add(PrepareVerification(prepared[prepared.Count - 1], request, arguments, inputs));
            further.AddRange(request.InputFiles().Select(i => i.File).Where(f => f != request.ModelFile).Concat(request.CaseFiles()));
            further.AddRange(StampOf(request).ExternalFiles().Select(f => f.Path));
            if (request.Arena is not null)
                arenas.Add((request.Arena, prepared[prepared.Count - 1]));
        }
        PreparedModels = [.. prepared.Where(p => !IsNamedAsArena(diagnostics, p, arenas.Select(a => a.Name)))];
        PreparedArenas = [.. arenas.GroupBy(a => a.Name, a => a.Model).Select(g => PrepareArena(g.Key, [.. g], inputs))];
        StaleModels = [.. PreparedModels.Where(IsStale)];
        StaleArenas = [.. PreparedArenas.Where(IsStaleOrOfStale)];
        StaleVerifications = [.. verifications.Where(IsStaleOrOfStale)];
        FurtherInputs = [.. further.Distinct().Select(f => new TaskItem(Escape(f)))];
    }

    /// <summary>Takes the C# from what is asked for where the project cannot have it; false after an error.</summary>
    private bool CheckPlatform(BuildDiagnostics diagnostics)
    {
        var kinds = Target.Split(',').Select(t => t.Trim()).Where(t => t.Length > 0).ToArray();
        if (!kinds.Any(IsManaged))
            return true;
        if (!Platform.TakesCSharp)
        {
            Target = "c";
            if (!DesignTimeBuild)
                diagnostics.Report(
                    DiagnosticCatalog.BuildLanguageWithoutClass,
                    new SourceLocation(ProjectFile, 1, 1),
                    Path.GetFileName(ProjectFile),
                    Language
                );
            return true;
        }
        if (Platform.Problem is { } problem)
        {
            diagnostics.Report(
                DiagnosticCatalog.BuildFrameworkUnsuitable,
                new SourceLocation(ProjectFile, 1, 1),
                Path.GetFileName(ProjectFile),
                problem
            );
            return false;
        }
        Target = string.Join(
            ",",
            kinds.Select(k =>
                IsManaged(k)
                    ? IsNanoFramework
                        ? Nano
                        : Managed
                    : k
            )
        );
        return true;
    }

    private static bool IsManaged(string kind) => kind is Managed or Nano;

    private void Report(BuildDiagnostics diagnostics, ITaskItem item, DiagnosticDescriptor descriptor, object[] values)
    {
        var found = Diagnostic.Create(descriptor, values);
        var hint = descriptor == DiagnosticCatalog.ModelNotFound ? SearchHint(item) : string.Empty;
        diagnostics.Report(found.Id, found.Severity, found.Message + hint, Location(item));
        if (DesignTimeBuild && found.Severity == DiagnosticSeverity.Error)
            _shown.Add(
                ShownFault.Of(
                    item.GetMetadata("Name") is { Length: > 0 } name ? name : ModelNames.FromFile(item.ItemSpec),
                    found.Id,
                    found.Message + hint,
                    Location(item)
                )
            );
    }

    /// <summary>Says of models that are up to date what the compiler said when it made them.</summary>
    private void Describe(BuildDiagnostics diagnostics, IEnumerable<ITaskItem> current)
    {
        foreach (var model in current)
        {
            var file = Path.Combine(Path.GetDirectoryName(ProjectFile)!, model.GetMetadata("SummaryFile"));
            if (!File.Exists(file) || EngineReport.Find(File.ReadAllText(file)) is not { } report)
                continue;
            foreach (var found in report.Diagnostics)
                diagnostics.Report(found.Id, found.Severity, found.Message, ItemPlace.Of(model));
            if (report.Summary is { } summary)
                Log.LogMessage(MessageImportance.High, "{0}", summary);
        }
    }

    private bool IsStale(ITaskItem prepared) => !File.Exists(FullPath(prepared.GetMetadata("StampFile")));

    /// <summary>Also where a model that it is made of is to be compiled again.</summary>
    private bool IsStaleOrOfStale(ITaskItem prepared) =>
        IsStale(prepared) || prepared.GetMetadata("ModelStamps").Split(';').Any(s => !File.Exists(FullPath(s)));

    private string FullPath(string path) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, path));

    /// <summary>Reports a prepared model whose files would lie where an arena's do.</summary>
    private bool IsNamedAsArena(BuildDiagnostics diagnostics, ITaskItem prepared, IEnumerable<string> arenas)
    {
        var name = prepared.GetMetadata("McuName");
        if (arenas.FirstOrDefault(a => ModelNames.IsOfArena(name, a)) is not { } arena)
            return false;
        diagnostics.Report(DiagnosticCatalog.ModelNamedAsArena, ItemPlace.Of(prepared), prepared.GetMetadata("ItemInclude"), name, arena);
        return true;
    }

    /// <summary>What to do about a missing model that a search writes.</summary>
    private string SearchHint(ITaskItem model)
    {
        var path = SearchRequest.FullPath(Path.GetDirectoryName(ProjectFile)!, model.ItemSpec);
        return SearchRequest.Read(Searches, ProjectFile, (_, _, _) => { }).FirstOrDefault(s => s.OutputFile == path) is { } search
            ? " " + Diagnostic.Create(DiagnosticCatalog.BuildSearchNotRun, search.Include, search.Output).Message
            : string.Empty;
    }

    private static BuildStamp StampOf(ModelRequest request) => new(Path.Combine(request.OutputDirectory, request.Name));

    private TaskItem Prepare(ITaskItem item, ModelRequest request, string emit, string visibility, InputsText inputs)
    {
        var prefix = $"{OutputRoot}{request.Name}/";
        var facade = emit == "Files" ? $"{emit} {(Platform.UsesArrays ? "arrays" : "spans")} {visibility} {RootNamespace}" : emit;
        var fingerprint = StampOf(request).Ask(CommandLine.ResponseFile(request.Arguments), inputs.OfModel(request, facade));

        var result = new TaskItem { ItemSpec = Escape(request.ModelFile) };
        void Set(string name, string value) => result.SetMetadata(name, Escape(value));

        Set("McuName", request.Name);
        Set("ItemInclude", item.ItemSpec);
        var place = Location(item);
        ItemPlace.Set(result, place);
        Set("ItemText", $"{Path.GetFileName(place.File)}({place.Line})");
        Set("Emit", WritesManaged ? emit : "None");
        Set("Visibility", visibility);
        Set("Dialect", Platform.UsesArrays ? "arrays" : "spans");
        Set("Fingerprint", fingerprint);
        SetBuildFiles(result, prefix, request.Name);
        Set("SummaryFile", $"{prefix}{request.Name}.json");
        if (WritesManaged || request.Arena is not null)
            Set("ManifestFile", prefix + ModelNames.ManifestFile(request.Name));
        if (WritesManaged)
        {
            Set("EngineFile", prefix + ModelNames.EngineFile(request.Name));
            Set("FacadeFile", $"{prefix}{request.Name}.facade.g.cs");
        }
        if (Writes(Interop))
            Set("EngineFile", $"{prefix}{request.Name}.interop.g.cs");
        if (Writes("c") || Writes(Interop))
        {
            Set("CFile", $"{prefix}{request.Name}.c");
            Set("HeaderFile", $"{prefix}{request.Name}.h");
            Set("CMakeFile", prefix + "CMakeLists.txt");
        }
        return result;
    }

    private bool WritesManaged => Writes(Managed) || Writes(Nano);

    private bool Writes(string kind) => Target.Split(',').Any(t => t.Trim() == kind);

    private static bool SameClass(string one, string other) =>
        string.Equals(ModelNames.ArenaClass(one), ModelNames.ArenaClass(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>What <see cref="BuildStamp"/> names.</summary>
    private static void SetBuildFiles(TaskItem item, string prefix, string name)
    {
        item.SetMetadata("OutputDirectory", Escape(prefix));
        foreach (var (metadata, ending) in new[] { ("ResponseFile", ".rsp"), ("InputsFile", ".inputs"), ("StampFile", ".stamp") })
            item.SetMetadata(metadata, Escape(prefix + name + ending));
    }

    /// <summary>A check has a stamp of its own: changing it compiles nothing again, and design-time builds leave it out.</summary>
    private static TaskItem PrepareVerification(
        ITaskItem prepared,
        ModelRequest request,
        IReadOnlyList<string> arguments,
        InputsText inputs
    )
    {
        var name = request.Name + ".verify";
        var result = new TaskItem(prepared);
        result.SetMetadata("VerifyOn", request.VerifyOn);
        result.SetMetadata("ModelStamps", Escape(prepared.GetMetadata("StampFile")));
        result.SetMetadata(
            "Fingerprint",
            new BuildStamp(Path.Combine(request.OutputDirectory, name)).Ask(
                CommandLine.ResponseFile(arguments),
                inputs.OfVerification(request)
            )
        );
        SetBuildFiles(result, prepared.GetMetadata("OutputDirectory"), name);
        return result;
    }

    private TaskItem PrepareArena(string arena, IReadOnlyList<ITaskItem> models, InputsText inputs)
    {
        var symbol = ModelNames.ArenaSymbol(arena);
        var prefix = $"{OutputRoot}{symbol}/";
        var root = Path.GetDirectoryName(ProjectFile)!;
        var manifests = models.Select(m => m.GetMetadata("ManifestFile")).ToArray();
        var response = CommandLine.ResponseFile([
            arena,
            .. manifests.Select(m => Path.GetFullPath(Path.Combine(root, m))),
            "--out",
            Path.GetFullPath(Path.Combine(root, prefix)),
            "--json",
        ]);
        var fingerprint = new BuildStamp(Path.GetFullPath(Path.Combine(root, prefix + symbol))).Ask(
            response,
            inputs.OfArena(models.Select(m => (m.GetMetadata("McuName"), m.GetMetadata("Fingerprint"))))
        );

        var result = new TaskItem { ItemSpec = Escape(models[0].ItemSpec) };
        result.SetMetadata("McuName", symbol);
        result.SetMetadata("ItemInclude", Escape(models[0].GetMetadata("ItemInclude")));
        ItemPlace.Set(result, ItemPlace.Of(models[0]));
        result.SetMetadata("Manifests", string.Join(";", manifests.Select(Escape)));
        result.SetMetadata("ModelStamps", string.Join(";", models.Select(m => Escape(m.GetMetadata("StampFile")))));
        result.SetMetadata("Fingerprint", fingerprint);
        SetBuildFiles(result, prefix, symbol);
        foreach (
            var (name, file) in new[]
            {
                ("CFile", symbol + ".c"),
                ("HeaderFile", symbol + ".h"),
                ("CMakeFile", "CMakeLists.txt"),
                ("ArrayFile", symbol + ".g.cs"),
            }
        )
            result.SetMetadata(name, Escape(prefix + file));
        return result;
    }

    private SourceLocation Location(ITaskItem item) => Element(item)?.Location ?? new(ProjectFile, 1, 1);

    private ItemElement? Element(ITaskItem item) =>
        ItemLocator.FindElement(ProjectFile, item, ordinal: Models.TakeWhile(m => m != item).Count(m => Identity(m) == Identity(item)));

    private static string Identity(ITaskItem item) =>
        string.Join("|", ModelOptionTable.All.Select(o => item.GetMetadata(o.Name)).Prepend(item.ItemSpec));

    /// <summary>Items hold escaped text; a path may contain any of MSBuild's special characters.</summary>
    internal static string Escape(string text)
    {
        foreach (var c in "%*?@$();'")
            text = text.Replace(c.ToString(), $"%{(int)c:X2}");
        return text;
    }
}
