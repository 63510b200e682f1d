using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Manifest;
using McuNet.Options;
using Microsoft.Build.Framework;

namespace McuNet.Tasks;

/// <summary>Turns the metadata of a <c>McuModel</c> item into a <see cref="ModelRequest"/>, or reports what is wrong with it.</summary>
/// <param name="written">How the project writes a metadata of the item, where it says.</param>
/// <param name="report">Takes a row of the catalogue and its values.</param>
internal sealed class ModelRequestReader(
    string projectDirectory,
    string outputRoot,
    string target,
    Func<string, string?> written,
    Action<DiagnosticDescriptor, object[]> report
)
{
    /// <summary>Of the option McuVerify.</summary>
    private const string None = "none";

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
            Fail(
                DiagnosticCatalog.BuildOptionInvalid,
                item.ItemSpec,
                "Arena",
                arena,
                "an ASCII letter followed by letters, digits and underscores"
            );
        var cases = Text(item, "McuVerifyCases");
        var options = Options(item);
        var verify = _valid ? Chosen(item, "McuVerify") : None;
        var request = new ModelRequest
        {
            ModelFile = model,
            Name = name,
            Device = device is not null && IsFile(device) ? FullPath(device) : device ?? string.Empty,
            OutputDirectory = Path.Combine(FullPath(outputRoot), name),
            Target = target,
            Options = [.. options.Select(o => new KeyValuePair<string, string>(o.Option.Argument!, o.Value))],
            ScheduleOptions =
            [
                .. options.Where(o => o.Option.DecidesSchedule).Select(o => new KeyValuePair<string, string>(o.Option.Argument!, o.Value)),
            ],
            VerifyOn = verify == None ? null : verify,
            VerifyCases = cases is null ? null : FullPath(cases),
            Calibration = calibration is null ? null : FullPath(calibration),
            Arena = arena,
        };
        foreach (var argument in request.Arguments.Concat(request.VerifyArguments ?? []).Distinct().Where(a => a.Contains('"')))
            Fail(DiagnosticCatalog.BuildOptionInvalid, item.ItemSpec, "the value", argument, "any text without double quotes");
        return _valid ? request : null;
    }

    /// <summary>The metadata as it is spelt in the table of options, or what holds without it.</summary>
    public string Chosen(ITaskItem item, string option) =>
        Choice(item, ModelOptionTable.Of(option)) ?? ModelOptionTable.Of(option).Values[0].Name;

    /// <summary>A device given as a path rather than by its id.</summary>
    public static bool IsFile(string device) =>
        device.IndexOfAny(['/', '\\']) >= 0 || device.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the item says of the options that are arguments, after a check of all of them.</summary>
    private IReadOnlyList<(ModelOption Option, string Value)> Options(ITaskItem item)
    {
        var options = new List<(ModelOption, string)>();
        foreach (var option in ModelOptionTable.All)
        {
            var value = option.Values.Count == 0 ? Text(item, option.Name) : Choice(item, option);
            if (value is not null && option.Quantity?.FaultOf(value) is { } fault)
                Fail(DiagnosticCatalog.BuildQuantityInvalid, item.ItemSpec, option.Name, fault, Origin(option.Name));
            if (value is not null && option.Argument is not null)
                options.Add((option, value));
        }
        return options;
    }

    private string? Choice(ITaskItem item, ModelOption option)
    {
        if (Text(item, option.Name) is not { } given)
            return null;
        var known = option.Values.Select(v => v.Name).FirstOrDefault(v => string.Equals(v, given, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            Fail(
                DiagnosticCatalog.BuildOptionInvalid,
                item.ItemSpec,
                option.Name,
                given,
                string.Join(", ", option.Values.Select(v => v.Name))
            );
        return known;
    }

    /// <summary>Where a value comes from, if a reference stands in it: the property may not be defined.</summary>
    private string Origin(string metadata) =>
        written(metadata) is { } text && text.Contains("$(")
            ? $" It is written {metadata}=\"{text}\"; is the property defined?"
            : string.Empty;

    private static string? Text(ITaskItem item, string metadata) => item.GetMetadata(metadata).Trim() is { Length: > 0 } text ? text : null;

    private string FullPath(string path) =>
        Path.GetFullPath(Path.Combine(projectDirectory, path.Replace('\\', Path.DirectorySeparatorChar)));

    private void Fail(DiagnosticDescriptor descriptor, params object[] values)
    {
        _valid = false;
        report(descriptor, values);
    }
}
