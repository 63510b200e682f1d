using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace McuNet.Tasks;

/// <summary>
/// Checks the <c>McuModel</c> items of a project and works out where their outputs go. Per model it writes a response file
/// and a fingerprint, each only when its content changes, so that both can be inputs of the compiling target.
/// </summary>
public sealed class PrepareMcuModels : Task
{
    [Required]
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

    public string? HelpRoot { get; set; }

    public bool DesignTimeBuild { get; set; }

    /// <summary>One item per valid model: its path, with the names of all files that will be written as metadata; files of a kind that is not written have none.</summary>
    [Output]
    public ITaskItem[] PreparedModels { get; private set; } = [];

    /// <summary>One item per arena that valid models share: its first model's path, with the names of all files as metadata.</summary>
    [Output]
    public ITaskItem[] PreparedArenas { get; private set; } = [];

    public override bool Execute()
    {
        var diagnostics = new BuildDiagnostics(Log, HelpRoot, DesignTimeBuild);
        var prepared = new List<ITaskItem>();
        var arenas = new List<(string Name, ITaskItem Model)>();
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in Models)
        {
            void Report(DiagnosticDescriptor descriptor, object[] values) => this.Report(diagnostics, item, descriptor, values);

            var reader = new ModelRequestReader(Path.GetDirectoryName(ProjectFile)!, OutputRoot, Target, Report);
            if (reader.Read(item) is not { } request)
                continue;
            var identity = ModelNames.ClassName(request.Name);
            if (taken.TryGetValue(identity, out var other))
            {
                Report(DiagnosticCatalog.BuildNameDuplicate, [other, item.ItemSpec, request.Name]);
                continue;
            }
            if (request.Arena is { } arena && arenas.FirstOrDefault(a => SameClass(a.Name, arena)).Name is { } spelling && spelling != arena)
            {
                Report(DiagnosticCatalog.BuildOptionInvalid, [item.ItemSpec, "Arena", arena, $"{spelling}, as another model has it"]);
                continue;
            }
            taken.Add(identity, item.ItemSpec);
            prepared.Add(Prepare(item, request, reader.Emit(item)));
            if (request.Arena is not null)
                arenas.Add((request.Arena, prepared[prepared.Count - 1]));
        }
        PreparedModels = [.. prepared.Where(p => !IsNamedAsArena(diagnostics, p, arenas.Select(a => a.Name)))];
        PreparedArenas = [.. arenas.GroupBy(a => a.Name, a => a.Model).Select(g => PrepareArena(g.Key, [.. g]))];
        return !Log.HasLoggedErrors;
    }

    private void Report(BuildDiagnostics diagnostics, ITaskItem item, DiagnosticDescriptor descriptor, object[] values)
    {
        var found = Diagnostic.Create(descriptor, values);
        var hint = descriptor == DiagnosticCatalog.ModelNotFound ? SearchHint(item) : string.Empty;
        diagnostics.Report(found.Id, found.Severity, found.Message + hint, Location(item));
    }

    /// <summary>Reports a prepared model whose files would lie where an arena's do.</summary>
    private bool IsNamedAsArena(BuildDiagnostics diagnostics, ITaskItem prepared, IEnumerable<string> arenas)
    {
        var (name, include) = (prepared.GetMetadata("McuName"), prepared.GetMetadata("ItemInclude"));
        if (arenas.FirstOrDefault(a => ModelNames.IsOfArena(name, a)) is not { } arena)
            return false;
        Report(diagnostics, Models.First(m => m.ItemSpec == include), DiagnosticCatalog.ModelNamedAsArena, [include, name, arena]);
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

    private TaskItem Prepare(ITaskItem item, ModelRequest request, string emit)
    {
        var prefix = $"{OutputRoot}{request.Name}/";
        var files = Path.Combine(request.OutputDirectory, request.Name);
        WriteIfChanged(files + ".rsp", CommandLine.ResponseFile(request.Arguments));
        WriteIfChanged(files + ".inputs", request.Fingerprint(EnginePath, emit));

        var result = new TaskItem { ItemSpec = Escape(request.ModelFile) };
        void Set(string name, string value) => result.SetMetadata(name, Escape(value));

        Set("McuName", request.Name);
        Set("ItemInclude", item.ItemSpec);
        Set("DefiningFile", item.GetMetadata("DefiningProjectFullPath"));
        Set("Emit", Writes("csharp") ? emit : "None");
        Set("DeviceFile", ModelRequestReader.IsFile(request.Device) ? request.Device : string.Empty);
        Set("OutputDirectory", prefix);
        Set("ResponseFile", $"{prefix}{request.Name}.rsp");
        Set("InputsFile", $"{prefix}{request.Name}.inputs");
        Set("FileList", $"{prefix}{request.Name}.files");
        if (Writes("csharp") || request.Arena is not null)
            Set("ManifestFile", prefix + ModelNames.ManifestFile(request.Name));
        if (Writes("csharp"))
        {
            Set("EngineFile", prefix + ModelNames.EngineFile(request.Name));
            Set("FacadeFile", $"{prefix}{request.Name}.facade.g.cs");
        }
        if (Writes("c"))
        {
            Set("CFile", $"{prefix}{request.Name}.c");
            Set("HeaderFile", $"{prefix}{request.Name}.h");
            Set("CMakeFile", prefix + "CMakeLists.txt");
        }
        return result;
    }

    private bool Writes(string kind) => Target.Split(',').Any(t => t.Trim() == kind);

    private static bool SameClass(string one, string other) =>
        string.Equals(ModelNames.ArenaClass(one), ModelNames.ArenaClass(other), StringComparison.OrdinalIgnoreCase);

    private TaskItem PrepareArena(string arena, IReadOnlyList<ITaskItem> models)
    {
        var symbol = ModelNames.ArenaSymbol(arena);
        var prefix = $"{OutputRoot}{symbol}/";
        var root = Path.GetDirectoryName(ProjectFile)!;
        var manifests = models.Select(m => m.GetMetadata("ManifestFile")).ToArray();
        WriteIfChanged(Path.Combine(root, $"{prefix}{symbol}.rsp"), CommandLine.ResponseFile(
            [arena, .. manifests.Select(m => Path.GetFullPath(Path.Combine(root, m))), "--out", Path.GetFullPath(Path.Combine(root, prefix)), "--json"]));

        var result = new TaskItem { ItemSpec = Escape(models[0].ItemSpec) };
        result.SetMetadata("McuName", symbol);
        result.SetMetadata("ItemInclude", Escape(models[0].GetMetadata("ItemInclude")));
        result.SetMetadata("DefiningFile", Escape(models[0].GetMetadata("DefiningFile")));
        result.SetMetadata("Manifests", string.Join(";", manifests.Select(Escape)));
        result.SetMetadata("OutputDirectory", Escape(prefix));
        foreach (var (name, file) in new[]
        {
            ("ResponseFile", symbol + ".rsp"), ("FileList", symbol + ".files"), ("CFile", symbol + ".c"), ("HeaderFile", symbol + ".h"),
            ("CMakeFile", "CMakeLists.txt"), ("ArrayFile", symbol + ".g.cs"),
        })
            result.SetMetadata(name, Escape(prefix + file));
        return result;
    }

    private SourceLocation Location(ITaskItem item) =>
        ItemLocator.Find(ProjectFile, item.GetMetadata("DefiningProjectFullPath"), item.ItemSpec);

    private static void WriteIfChanged(string path, string content)
    {
        if (File.Exists(path) && File.ReadAllText(path) == content)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Items hold escaped text; a path may contain any of MSBuild's special characters.</summary>
    private static string Escape(string text)
    {
        foreach (var c in "%*?@$();'")
            text = text.Replace(c.ToString(), $"%{(int)c:X2}");
        return text;
    }
}
