using System.CommandLine;

namespace McuNet.Cli.Options;

/// <summary>The option <c>--calibration</c>, the same for all verbs.</summary>
internal static class CalibrationOption
{
    public static Option<string?> Create() =>
        new("--calibration") { Description = "Folder or file of samples that quantise a float model; a quantised model needs none." };
}
