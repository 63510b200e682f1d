using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace McuNet.Tasks;

/// <summary>One model to compile, with every path absolute and every option checked.</summary>
internal sealed record ModelRequest
{
    public required string ModelFile { get; init; }

    public required string Name { get; init; }

    /// <summary>A device id, or the absolute path of a JSON device file.</summary>
    public required string Device { get; init; }

    public required string OutputDirectory { get; init; }

    /// <summary>Kinds of code to write, such as <c>c,csharp</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Further options of <c>mcunet compile</c> with their values, in a fixed order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Options { get; init; }

    /// <summary>A folder or file of samples, or null.</summary>
    public string? Calibration { get; init; }

    /// <summary>Name of the arena that the model shares with others, or null.</summary>
    public string? Arena { get; init; }

    /// <summary>The arguments after <c>mcunet compile</c>.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        ModelFile, "--device", Device, "--out", OutputDirectory, "--name", Name, "--target", Target,
        .. Options.SelectMany(o => new[] { o.Key, o.Value }),
        .. Calibration is null ? Array.Empty<string>() : ["--calibration", Calibration],
        .. Arena is null ? Array.Empty<string>() : ["--arena", Arena],
        "--json",
    ];

    /// <summary>
    /// What besides the arguments decides the result and is not an input file of the target: how the engine is installed
    /// (files of a newer package can be older than the last build) and what the calibration data is.
    /// </summary>
    public string Fingerprint(string enginePath, string emit)
    {
        var text = new StringBuilder();
        text.Append("engine ").Append(Describe(enginePath)).Append('\n');
        text.Append("emit ").Append(emit).Append('\n');
        foreach (var file in CalibrationFiles().OrderBy(f => f, StringComparer.Ordinal))
            text.Append("calibration ").Append(Describe(file)).Append('\n');
        return text.ToString();
    }

    private IEnumerable<string> CalibrationFiles() =>
        Calibration is null ? []
        : Directory.Exists(Calibration) ? Directory.EnumerateFiles(Calibration, "*", SearchOption.AllDirectories)
        : [Calibration];

    private static string Describe(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", path, file.Length, file.LastWriteTimeUtc.Ticks)
            : path + " absent";
    }
}
