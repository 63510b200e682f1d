using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Turns the metadata of a <c>McuModel</c> item into a <see cref="ModelRequest"/>, or reports what is wrong with it.</summary>
/// <param name="report">Takes a row of the catalogue and its values.</param>
internal sealed class ModelRequestReader(string projectDirectory, string outputRoot, string target, Action<DiagnosticDescriptor, object[]> report)
{
    private static readonly (string Metadata, string Option)[] FreeOptions =
    [
        ("Sram", "--sram"), ("Flash", "--flash"), ("Latency", "--latency"), ("Energy", "--energy"),
        ("ReserveSram", "--reserve-sram"), ("ReserveFlash", "--reserve-flash"), ("InputPasses", "--passes"),
    ];

    private static readonly (string Metadata, string Option, string[] Values)[] ChoiceOptions =
    [
        ("Optimize", "--optimize", ["fit", "memory", "latency"]),
        ("Input", "--input", ["resident", "rows"]),
        ("Kernels", "--kernels", ["own", "shared"]),
        ("Weights", "--weights", ["code", "blob"]),
        ("Step", "--step", ["false", "true"]),
    ];

    private static readonly string[] EmitValues = ["Facade", "Files"];

    private bool _valid;

    /// <summary>The request, or null after a report.</summary>
    public ModelRequest? Read(ITaskItem item)
    {
        _valid = true;
        var model = FullPath(item.ItemSpec);
        if (!File.Exists(model))
            Fail(DiagnosticCatalog.ModelNotFound, item.ItemSpec);
        var name = Text(item, "Name") ?? ModelNames.FromFile(item.ItemSpec);
        if (!ModelNames.IsValid(name))
            Fail(DiagnosticCatalog.BuildNameInvalid, item.ItemSpec, name);
        var device = Text(item, "Device");
        if (device is null)
            Fail(DiagnosticCatalog.BuildDeviceMissing, item.ItemSpec);
        var calibration = Text(item, "Calibration");
        var arena = Text(item, "Arena");
        if (arena is not null && !ModelNames.IsValid(arena))
            Fail(DiagnosticCatalog.BuildOptionInvalid, item.ItemSpec, "Arena", arena, "an ASCII letter followed by letters, digits and underscores");
        var request = new ModelRequest
        {
            ModelFile = model,
            Name = name,
            Device = device is not null && IsFile(device) ? FullPath(device) : device ?? string.Empty,
            OutputDirectory = Path.Combine(FullPath(outputRoot), name),
            Target = target,
            Options = Options(item),
            Calibration = calibration is null ? null : FullPath(calibration),
            Arena = arena,
        };
        foreach (var argument in request.Arguments.Where(a => a.Contains('"')))
            Fail(DiagnosticCatalog.BuildOptionInvalid, item.ItemSpec, "the value", argument, "any text without double quotes");
        return _valid ? request : null;
    }

    /// <summary>How the C# façade reaches the project: <c>Facade</c> through the generator, <c>Files</c> as compile items.</summary>
    public string Emit(ITaskItem item) => Choice(item, "Emit", EmitValues) ?? EmitValues[0];

    /// <summary>A device given as a path rather than by its id.</summary>
    public static bool IsFile(string device) =>
        device.IndexOfAny(['/', '\\']) >= 0 || device.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<KeyValuePair<string, string>> Options(ITaskItem item)
    {
        var options = new List<KeyValuePair<string, string>>();
        foreach (var (metadata, option) in FreeOptions)
            if (Text(item, metadata) is { } value)
                options.Add(new(option, value));
        foreach (var (metadata, option, values) in ChoiceOptions)
            if (Choice(item, metadata, values) is { } value)
                options.Add(new(option, value));
        Emit(item);
        return options;
    }

    private string? Choice(ITaskItem item, string metadata, string[] values)
    {
        if (Text(item, metadata) is not { } given)
            return null;
        var known = values.FirstOrDefault(v => string.Equals(v, given, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            Fail(DiagnosticCatalog.BuildOptionInvalid, item.ItemSpec, metadata, given, string.Join(", ", values));
        return known;
    }

    private static string? Text(ITaskItem item, string metadata) =>
        item.GetMetadata(metadata).Trim() is { Length: > 0 } text ? text : null;

    private string FullPath(string path) => Path.GetFullPath(Path.Combine(projectDirectory, path.Replace('\\', Path.DirectorySeparatorChar)));

    private void Fail(DiagnosticDescriptor descriptor, params object[] values)
    {
        _valid = false;
        report(descriptor, values);
    }
}
