using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Options;
using McuNet.Search;

namespace McuNet.Tasks;

/// <summary>One model to compile, with every path absolute and every option checked.</summary>
internal sealed record ModelRequest
{
    public required string ModelFile { get; init; }

    public required string Name { get; init; }

    /// <summary>A device id, or the absolute path of a JSON device file.</summary>
    public required string Device { get; init; }

    /// <summary>The device where it is a file, else null.</summary>
    public string? DeviceFile => ModelRequestReader.IsFile(Device) ? Device : null;

    public required string OutputDirectory { get; init; }

    /// <summary>Kinds of code to write, such as <c>c,csharp</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Further options of <c>mcunet compile</c> with their values, in a fixed order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Options { get; init; }

    /// <summary>Those that <c>mcunet verify</c> takes too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ScheduleOptions { get; init; } = [];

    /// <summary>A folder or file of samples, or null.</summary>
    public string? Calibration { get; init; }

    /// <summary>Name of the arena that the model shares with others, or null.</summary>
    public string? Arena { get; init; }

    /// <summary>The executor that the build compares with the reference, or null for none.</summary>
    public string? VerifyOn { get; init; }

    /// <summary>A folder of cases or a file of samples for that; null for noise.</summary>
    public string? VerifyCases { get; init; }

    /// <summary>The arguments after <c>mcunet compile</c>.</summary>
    public IReadOnlyList<string> Arguments =>
        [
            ModelFile,
            "--device",
            Device,
            "--out",
            OutputDirectory,
            "--name",
            Name,
            "--target",
            Target,
            "--summary",
            .. Options.SelectMany(o => new[] { o.Key, o.Value }),
            .. Calibration is null ? Array.Empty<string>() : ["--calibration", Calibration],
            .. Arena is null ? Array.Empty<string>() : ["--arena", Arena],
            "--json",
        ];

    /// <summary>The arguments after <c>mcunet verify</c>; null where nothing is to be verified.</summary>
    public IReadOnlyList<string>? VerifyArguments =>
        VerifyOn is null
            ? null
            :
            [
                ModelFile,
                "--device",
                Device,
                "--name",
                Name,
                .. ScheduleOptions.SelectMany(o => new[] { o.Key, o.Value }),
                .. Calibration is null ? Array.Empty<string>() : ["--calibration", Calibration],
                .. VerifyCases is null ? Array.Empty<string>() : ["--cases", VerifyCases],
                "--on",
                VerifyOn,
                "--exact",
                "--json",
            ];

    /// <summary>Files whose content decides the result, each with what it is.</summary>
    public IEnumerable<(string Kind, string File)> InputFiles()
    {
        yield return ("model", ModelFile);
        if (DeviceFile is not null)
            yield return ("device", DeviceFile);
        foreach (var file in FilesOf(Calibration))
            yield return ("calibration", file);
        if (HasReport && File.Exists(SearchStamp.RecordOf(ModelFile)))
            yield return ("origin", SearchStamp.RecordOf(ModelFile));
    }

    /// <summary>Whether a report is written, which also shows what a search says of the model.</summary>
    private bool HasReport => Options.Any(o => o.Key == ModelOptionTable.Of("McuReport").Argument && o.Value == "true");

    /// <summary>Files of the cases that the generated code is run on.</summary>
    public IEnumerable<string> CaseFiles() => VerifyOn is null ? [] : FilesOf(VerifyCases);

    /// <summary>A folder that cannot be read counts as a file that is absent; the engine says what is wrong with it.</summary>
    private static IEnumerable<string> FilesOf(string? path)
    {
        try
        {
            return path is null ? []
                : Directory.Exists(path)
                    ? Directory.GetFiles(path, "*", SearchOption.AllDirectories).OrderBy(f => f, StringComparer.Ordinal)
                : [path];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [path!];
        }
    }
}
