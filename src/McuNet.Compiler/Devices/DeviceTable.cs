using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace McuNet.Compiler.Devices;

/// <summary>Writes devices as the Markdown document docs/devices.md.</summary>
public static class DeviceTable
{
    /// <summary>An overview table followed by the memory map and sources of each device; LF line ends, invariant formatting.</summary>
    public static string Markdown(IEnumerable<Device> devices)
    {
        var all = devices.ToArray();
        var text = new StringBuilder();
        text.Append(
            """
            # Devices

            Generated from the manifests in src/McuNet.Compiler/Devices/Manifests; do not edit.

            *SRAM* is the largest single stretch that a static arena can use, *all RAM* everything on the chip. *Flash* is what code and
            weights share. *Reserved* is kept for the rest of the firmware (SRAM + flash) unless the project sets budgets. *Scale* is
            cycles relative to a Cortex-M4 for the best kernels that the core can run; MVE kernels compare with the Cortex-M4's DSP kernels.

            | id | part | core | MHz | SRAM | all RAM | flash | reserved | scale | µA/MHz | QEMU |
            | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |

            """.ReplaceLineEndings("\n")
        );
        foreach (var device in all)
            text.Append(Row(device));
        text.Append("\nEvery id has further names; case, dashes and underscores do not matter.\n");
        foreach (var device in all)
            text.Append(Section(device));
        return text.ToString();
    }

    private static string Row(Device d)
    {
        var ram = d.Memory.Where(r => r.Kind is MemoryKind.Ram or MemoryKind.Tcm).Sum(r => r.Bytes);
        var scale = d.Cost.MveScale ?? d.Cost.DspScale ?? d.Cost.PortableScale;
        return Line(
            $"[{d.Id}](#{d.Id})",
            d.Name,
            d.CoreName,
            Number(d.ClockHz / 1e6),
            Size(d.SramBytes),
            Size(ram),
            Size(d.FlashBytes),
            $"{Size(d.Reservations.SramBytes)} + {Size(d.Reservations.FlashBytes)}",
            Number(scale),
            d.Power is null ? "–" : Number(d.Power.ActiveMicroampsPerMegahertz),
            d.QemuMachine ?? "–"
        );
    }

    private static string Section(Device d)
    {
        var text = new StringBuilder($"\n## {d.Id}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{d.Vendor} {d.Name}, {d.CoreName} at {Number(d.ClockHz / 1e6)} MHz. Features: {string.Join(", ", DeviceReader.Words(d.Features))}.\n"
        );
        if (!d.Aliases.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $"Also: {string.Join(", ", d.Aliases)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Compiler: `{d.Compiler} {string.Join(" ", d.CompilerFlags)}`.\n");
        if (d.QemuReason is { } reason)
            text.Append(CultureInfo.InvariantCulture, $"Emulation: {reason}\n");
        text.Append(CultureInfo.InvariantCulture, $"Memory: {d.MemoryText}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Kernels: {string.Join(", ", Kernels(d.Features))}. ");
        text.Append(CultureInfo.InvariantCulture, $"In a project: `<McuModel Include=\"net.onnx\" Device=\"{d.Id}\" />`.\n");
        text.Append("\n| memory | kind | address | size | for | access |\n| --- | --- | --- | ---: | --- | --- |\n");
        foreach (var r in d.Memory)
            text.Append(
                Line(
                    r.Name,
                    DeviceReader.Word(r.Kind),
                    r.Address is { } address ? string.Create(CultureInfo.InvariantCulture, $"0x{address:X8}") : "–",
                    Size(r.Bytes),
                    string.Join(", ", DeviceReader.Words(r.Uses)),
                    r.Access
                )
            );
        text.Append('\n');
        foreach (var source in d.Sources)
            text.Append(CultureInfo.InvariantCulture, $"- {source}\n");
        return text.ToString();
    }

    /// <summary>Kinds of kernels that the core can run, the fastest first.</summary>
    private static IEnumerable<string> Kernels(DeviceFeatures features) =>
        from kind in new (DeviceFeatures Required, string Name)[]
        {
            (DeviceFeatures.MveInteger, "MVE"),
            (DeviceFeatures.Dsp, "DSP"),
            (DeviceFeatures.FpuSingle, "FPU"),
            (DeviceFeatures.None, "portable"),
        }
        where features.HasFlag(kind.Required)
        select kind.Name;

    private static string Line(params string[] cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Size(long bytes) =>
        bytes switch
        {
            >= 1 << 20 when bytes % (1 << 20) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        };
}
