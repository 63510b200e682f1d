using System;
using System.Globalization;
using System.Linq;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>The beginning of what <c>mcunet fit</c> lists, as a sentence of an error.</summary>
internal static class FitSentence
{
    private const int Shown = 3;

    /// <summary>The devices with the least SRAM that a model fits, with what it takes there.</summary>
    /// <param name="compilation">For a device that it does not fit.</param>
    public static string Of(Compilation compilation, CompilerTools? tools)
    {
        var found = ModelFit.Others(compilation, tools).Take(Shown).Select(d => Text(d)).ToArray();
        return found.Length == 0
            ? "It fits none of the other devices as it is; 'mcunet fit' computes what would make it fit."
            : $"It fits {string.Join(", ", found)}; 'mcunet fit' lists all devices and computes what would make it fit this one.";
    }

    private static string Text(DeviceFit fit) => string.Create(
        CultureInfo.InvariantCulture, $"{fit.Device.Id} ({fit.Needs.Sram.Used:N0} of {fit.Needs.Sram.Limit:N0} bytes of SRAM, {fit.Needs.LatencyMs.Used:0.##} ms)");
}
