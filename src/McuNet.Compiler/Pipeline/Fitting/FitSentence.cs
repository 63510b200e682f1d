using System.Globalization;
using System.Linq;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>The beginning of what <c>mcunet fit</c> lists, as a sentence of an error.</summary>
internal static class FitSentence
{
    private const int Shown = 3;

    /// <summary>An error is to come soon: a search takes a fraction of a second, seconds of a large network.</summary>
    private const int Searches = 16;

    /// <summary>The devices with the least SRAM that a model fits, with what it takes there.</summary>
    /// <param name="compilation">For a device that it does not fit.</param>
    public static string Of(Compilation compilation, CompilerTools? tools)
    {
        var (found, isComplete) = ModelFit.First(compilation, Shown, Searches, tools);
        var rest = "'mcunet fit' lists all devices and computes what would make it fit this one.";
        return found.IsEmpty
            ? $"It fits none of the {(isComplete ? "other devices" : "other devices that were tried")} as it is; {rest}"
            : $"It fits {string.Join(", ", found.Select(Text))}; {rest}";
    }

    private static string Text(DeviceFit fit)
    {
        var (sram, time) = (fit.Needs.Sram, fit.Needs.LatencyMs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{fit.Device.Id} ({sram.Used:N0} of {sram.Limit:N0} bytes of SRAM, {time.Used:0.##} ms)"
        );
    }
}
