using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Tests.House;

/// <summary>A folder of the engine and the folders whose types it may use directly.</summary>
public sealed record EngineFolder(string Name, params string[] Uses);

/// <summary>
/// The allowed arrows between the folders of src/McuNet.Compiler, lowest first; docs/architecture.md shows the same table.
/// </summary>
public static class EngineArrows
{
    public static readonly IReadOnlyList<EngineFolder> Folders =
    [
        new("Onnx"),
        new("Text"),
        new("Devices", "Text"),
        new("Arena"),
        new("Graph"),
        new("Kernels", "Devices", "Graph"),
        new("Operators", "Devices", "Graph", "Kernels"),
        new("Import", "Graph", "Onnx", "Operators"),
        new("TfLite", "Import", "Onnx"),
        new("Quantization", "Import", "Onnx"),
        new("Passes", "Graph", "Operators", "Kernels"),
        new("Streaming", "Graph", "Operators"),
        new("Scheduling", "Graph", "Kernels"),
        new("Bands", "Devices", "Graph", "Kernels", "Operators", "Scheduling"),
        new("Planning", "Arena", "Graph", "Kernels", "Scheduling"),
        new("Report", "Planning", "Scheduling"),
        new("Programs", "Graph", "Kernels", "Operators", "Planning", "Scheduling"),
        new("Emit"),
        new("Emit/C", "Devices", "Emit", "Graph", "Kernels", "Planning", "Programs", "Text"),
        new("Emit/CSharp", "Emit", "Emit/C", "Graph", "Kernels", "Planning", "Programs", "Text"),
        new("Emit/Interop", "Emit", "Emit/C", "Graph", "Programs", "Text"),
        new(
            "Pipeline",
            "Arena",
            "Bands",
            "Devices",
            "Emit",
            "Emit/C",
            "Emit/CSharp",
            "Emit/Interop",
            "Graph",
            "Import",
            "Kernels",
            "Onnx",
            "Operators",
            "Passes",
            "Planning",
            "Programs",
            "Report",
            "Scheduling",
            "Streaming",
            "TfLite"
        ),
    ];

    /// <summary>The folder of a namespace such as <c>McuNet.Compiler.Emit.C</c>: the longest name in the table that fits.</summary>
    public static string FolderOf(string ns)
    {
        var path = ns.Replace("McuNet.Compiler.", "", StringComparison.Ordinal).Replace('.', '/');
        return Folders.Select(f => f.Name).Where(f => path == f || path.StartsWith(f + "/", StringComparison.Ordinal)).MaxBy(f => f.Length)
            ?? path;
    }
}
