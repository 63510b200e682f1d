using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Search;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>A <c>McuSearch</c> item with every path absolute.</summary>
internal sealed record SearchRequest
{
    public required string Include { get; init; }

    public required string SearchFile { get; init; }

    /// <summary>As the item spells it.</summary>
    public required string Output { get; init; }

    public required string OutputFile { get; init; }

    /// <summary>State, checkpoints and report of the search.</summary>
    public required string Folder { get; init; }

    public string? Device { get; init; }

    public string? Seed { get; init; }

    /// <summary>Command line of a trainer, or null for the one that comes with the tool.</summary>
    public string? Trainer { get; init; }

    /// <summary>The arguments after <c>mcunet</c>.</summary>
    public IReadOnlyList<string> Arguments =>
        [
            "search",
            SearchFile,
            .. Option("--device", Device),
            "--out",
            Folder,
            "--output",
            OutputFile,
            .. Option("--seed", Seed),
            .. Option("--trainer", Trainer),
            "--resume",
            "--json",
        ];

    /// <summary>Identifies what a network is to be searched for.</summary>
    public string Stamp
    {
        get
        {
            var fields = Fields(SearchFile);
            var named = SearchStamp.Named(
                Path.GetDirectoryName(SearchFile)!,
                Text("space"),
                Text("dataset"),
                Device ?? Text("device"),
                path => File.Exists(path) ? File.ReadAllBytes(path) : null
            );
            return SearchStamp.Of(File.ReadAllBytes(SearchFile), Device, Seed, named);

            string? Text(string name) => fields.TryGetValue(name, out var value) ? value as string : null;
        }
    }

    /// <summary>Identifies what the network that exists was searched for; null where nothing says so.</summary>
    public string? RecordedStamp =>
        Fields(SearchStamp.RecordOf(OutputFile)).TryGetValue(SearchStamp.Field, out var stamp) ? stamp as string : null;

    /// <summary>The requests of items, without those that <paramref name="report"/> is told about.</summary>
    public static IReadOnlyList<SearchRequest> Read(
        IEnumerable<ITaskItem> items,
        string projectFile,
        Action<ITaskItem, DiagnosticDescriptor, object[]> report
    )
    {
        var directory = Path.GetDirectoryName(projectFile)!;
        var requests = new List<SearchRequest>();
        foreach (var item in items)
        {
            if (Fault(item, directory, requests) is { } fault)
                report(item, DiagnosticCatalog.BuildSearchInvalid, [item.ItemSpec, fault]);
            else
                requests.Add(Of(item, directory));
        }
        return requests;
    }

    private static string? Fault(ITaskItem item, string directory, List<SearchRequest> earlier)
    {
        if (Text(item, "OutputFile") is not { } output)
            return "it names no OutputFile, the ONNX file to write";
        if (!File.Exists(FullPath(directory, item.ItemSpec)))
            return "the search file does not exist";
        var path = FullPath(directory, output);
        return earlier.FirstOrDefault(r => string.Equals(r.OutputFile, path, StringComparison.OrdinalIgnoreCase)) is { } other
            ? $"the item '{other.Include}' writes '{output}' already"
            : null;
    }

    private static SearchRequest Of(ITaskItem item, string directory)
    {
        var file = FullPath(directory, item.ItemSpec);
        var device = Text(item, "Device");
        return new()
        {
            Include = item.ItemSpec,
            SearchFile = file,
            Output = Text(item, "OutputFile")!,
            OutputFile = FullPath(directory, Text(item, "OutputFile")!),
            Folder = Text(item, "Folder") is { } folder ? FullPath(directory, folder) : DefaultFolder(file),
            Device = device is not null && ModelRequestReader.IsFile(device) ? FullPath(directory, device) : device,
            Seed = Text(item, "Seed"),
            Trainer = Text(item, "Trainer"),
        };
    }

    /// <summary><c>digits.search.json</c> and <c>digits.json</c> give <c>digits.search</c> beside them: the results of hours belong under
    /// no obj folder.</summary>
    private static string DefaultFolder(string searchFile)
    {
        var name = Path.GetFileNameWithoutExtension(searchFile);
        const string Ending = ".search";
        return Path.Combine(
            Path.GetDirectoryName(searchFile)!,
            name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name : name + Ending
        );
    }

    /// <summary>The fields of a JSON object; none of a file that is missing or no such text, which the tool reports where it
    /// matters.</summary>
    private static IReadOnlyDictionary<string, object?> Fields(string path)
    {
        try
        {
            return File.Exists(path) && JsonText.Parse(File.ReadAllText(path)) is Dictionary<string, object?> fields
                ? fields
                : new Dictionary<string, object?>();
        }
        catch (FormatException)
        {
            return new Dictionary<string, object?>();
        }
    }

    private static IEnumerable<string> Option(string name, string? value) => value is null ? [] : [name, value];

    private static string? Text(ITaskItem item, string metadata) => item.GetMetadata(metadata).Trim() is { Length: > 0 } text ? text : null;

    public static string FullPath(string directory, string path) =>
        Path.GetFullPath(Path.Combine(directory, path.Replace('\\', Path.DirectorySeparatorChar)));
}
