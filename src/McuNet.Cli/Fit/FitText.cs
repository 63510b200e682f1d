using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Fit;

/// <summary>A report of <c>mcunet fit</c> for people.</summary>
internal static class FitText
{
    private static readonly string[] Figures = [">SRAM", ">of", ">left", ">flash", ">of", ">left", ">ms", ">mJ"];

    public static void Print(string name, FitReport report)
    {
        var shape = report.Network[report.Network.Inputs[0].Tensor].Type.Shape;
        var fitting = report.Devices.Count(d => d.Needs.Fits);
        Line($"{name}: input {shape}, {report.Network.Macs:N0} MACs; fits {fitting} of {report.Devices.Length} devices");
        Line($"");
        Devices(report.Devices).Print();
        if (report.Wanted is not { } wanted)
            return;
        Line($"");
        if (wanted.Needs.Fits)
        {
            Line($"It fits {wanted.Device.Id}.");
        }
        else
        {
            Line($"What would make it fit {wanted.Device.Id}, each compiled:");
            Line($"");
            Changes(report.Changes, wanted.Device).Print();
        }
    }

    private static TextTable Devices(IEnumerable<DeviceFit> devices)
    {
        var table = new TextTable(["device", "core", ">MHz", .. Figures, "kernels", "fits"]);
        foreach (var (device, needs) in devices)
            table.Add([
                device.Id,
                device.CoreName,
                Number(device.ClockHz / 1e6, "0.#"),
                .. Cells(needs),
                needs.Kernels.ToString().ToLowerInvariant(),
                needs.Verdict(device),
            ]);
        return table;
    }

    private static TextTable Changes(IEnumerable<ChangeFit> changes, Device device)
    {
        var table = new TextTable(["change", .. Figures, "fits"]);
        foreach (var change in changes)
            table.Add(
                change.Needs is { } needs
                    ? [Describe(change.Change), .. Cells(needs), needs.Verdict(device)]
                    : [change.Change is SmallerKernels ? "smaller kernels" : Describe(change.Change), $"not possible: {change.WhyNot}"]
            );
        return table;
    }

    private static IEnumerable<string> Cells(Requirements needs) =>
        [
            .. Bytes(needs.Sram),
            .. Bytes(needs.Flash),
            Number(needs.LatencyMs.Used, "0.00"),
            needs.EnergyMj is { } energy ? Number(energy.Used, "0.000") : "-",
        ];

    private static IEnumerable<string> Bytes(Use use) =>
        [Number(use.Used, "N0"), Number(use.Limit!.Value, "N0"), Number(use.Margin!.Value, "N0")];

    /// <summary>As the options of <c>mcunet compile</c> ask for it, where they do.</summary>
    private static string Describe(ModelChange change) =>
        change switch
        {
            OtherObjective other => $"--optimize {other.Objective.ToString().ToLowerInvariant()}",
            StreamedInput { Passes: 1 } => "--input rows",
            StreamedInput stream => $"--input rows --passes {stream.Passes}",
            ColumnBands => "bands of columns",
            BothChanges both => $"{Describe(both.First)}, {Describe(both.Second)}",
            SmallerKernels kernels => $"--kernel-set {kernels.Set.ToString().ToLowerInvariant()}",
            WeightsElsewhere => "--weights blob, in another memory",
            SmallerInput input => $"input {input.Height}x{input.Width}",
            FewerChannels channels => string.Create(CultureInfo.InvariantCulture, $"{channels.Factor:0.00} of the channels"),
            _ => change.ToString(),
        };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
