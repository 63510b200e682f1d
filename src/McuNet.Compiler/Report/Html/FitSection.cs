using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>On which devices the model fits, and by how much.</summary>
internal static class FitSection
{
    private static readonly string[] Heads =
    [
        "device",
        "core",
        "#MHz",
        "#SRAM, bytes",
        "#left",
        "#flash, bytes",
        "#left",
        "#ms",
        "#left",
        "#mJ",
        "#left",
        "kernels",
        "fits",
    ];

    public static Markup? Print(ReportContent content)
    {
        var (devices, own) = (content.Model.Devices, content.Model.Device.Id);
        return devices.IsDefaultOrEmpty
            ? null
            : Markup.Of(
                $"""
                <p>It fits {devices.Count(d =>
                    d.Fits
                )} of {devices.Length} devices: those with the least SRAM first, then the others, the one with the least excess
                first. Code and stack are estimated except where the estimate leaves open whether a device is large enough, as mcunet fit does it.</p>
                {Table.Open($"{content.Model.Name} on every device", Heads, devices.Select(d => Row(d, own)))}
                """
            );
    }

    private static Markup Row(ReportFit fit, string own) =>
        Table.Row(
            -1,
            Table.Text(fit.Id == own ? $"{fit.Name} (this one)" : fit.Name),
            Table.Text(fit.Core),
            Table.Number(fit.ClockHz / 1e6, "0.#"),
            Table.Number(fit.Sram),
            Table.Number(fit.SramLeft),
            Table.Number(fit.Flash),
            Table.Number(fit.FlashLeft),
            Table.Number(fit.LatencyMs),
            Table.Number(fit.LatencyLeftMs),
            Table.Number(fit.EnergyMj, "N3"),
            Table.Number(fit.EnergyLeftMj, "N3"),
            Table.Text(fit.Kernels),
            Table.Text(fit.Verdict)
        );
}
