using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Report;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>The figures of a compilation, for a report.</summary>
public static class ReportBuilder
{
    /// <param name="diagnostics">All that was found.</param>
    /// <param name="accuracy">Null where nobody measured it.</param>
    /// <param name="devices">The model on other devices, and on its own.</param>
    public static ReportModel Model(
        Compilation compilation,
        IReadOnlyCollection<Diagnostic> diagnostics,
        ReportAccuracy? accuracy = null,
        params IEnumerable<DeviceFit> devices
    )
    {
        var (model, device) = (compilation.Model, compilation.Options.Device);
        var operators = ReportOperators.Of(compilation);
        return new()
        {
            Name = model.Name,
            Figures = Figures(compilation, operators, diagnostics),
            Device = DeviceOf(compilation.Options),
            Operators = operators,
            Front =
            [
                .. model.Pareto.Select(p => new ReportPoint(p.ArenaBytes, (long)p.Cycles, device.Milliseconds(p.Cycles), p.MacFactor)),
            ],
            Tensors = [.. model.Graph.Tensors.Select(t => TensorOf(model, t))],
            Devices = [.. devices.Select(FitOf)],
            Messages =
            [
                .. diagnostics.Select(d => new ReportMessage(
                    d.Id,
                    d.Severity.ToString().ToLowerInvariant(),
                    d.Descriptor.Title,
                    d.Message
                )),
            ],
            Accuracy = accuracy,
        };
    }

    private static ReportFigures Figures(
        Compilation compilation,
        ImmutableArray<ReportOperator> operators,
        IReadOnlyCollection<Diagnostic> diagnostics
    )
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        return new()
        {
            Fits = diagnostics.All(d => d.Severity != DiagnosticSeverity.Error),
            Arena = model.Memory.ArenaBytes,
            Stack = footprint.Stack,
            Sram = compilation.SramBytes,
            SramBudget = options.SramBudget,
            PeakAt = ShownText.Name(model.PeakAt),
            ProvedOptimal = model.Memory.ProvedOptimal,
            LowerBound = model.Memory.LowerBound,
            LayerByLayer = operators.Max(o => o.LayerByLayer ?? 0),
            Weights = footprint.Weights,
            Code = footprint.Code,
            CodeMeasured = footprint.Measured,
            Flash = footprint.Flash,
            FlashBudget = options.FlashBudget,
            Kernels = model.KernelWord,
            Macs = model.Network.Macs,
            MacFactor = model.MacFactor,
            InputPasses = model.InputPasses,
            Cycles = (long)model.Cycles,
            LatencyMs = options.Device.Milliseconds(model.Cycles),
            LatencyBudgetMs = options.Budgets.LatencyMs,
            EnergyMj = options.Device.Millijoules(model.Cycles),
            EnergyBudgetMj = options.Budgets.EnergyMj,
            Segments = model.Schedule.Segments.Length,
        };
    }

    private static ReportFit FitOf(DeviceFit fit)
    {
        var (device, needs) = (fit.Device, fit.Needs);
        return new(
            device.Id,
            device.Name,
            device.CoreName,
            device.ClockHz,
            needs.Fits,
            needs.Verdict(device),
            needs.Kernels.ToString().ToLowerInvariant(),
            (long)needs.Sram.Used,
            (long?)needs.Sram.Margin,
            (long)needs.Flash.Used,
            (long?)needs.Flash.Margin,
            needs.LatencyMs.Used,
            needs.LatencyMs.Margin,
            needs.EnergyMj?.Used,
            needs.EnergyMj?.Margin
        );
    }

    private static ReportTensor TensorOf(CompiledModel model, Tensor tensor)
    {
        var (type, place) = (tensor.Type, model.Memory.Tensors[tensor.Id.Value]);
        return new()
        {
            Name = ShownText.Name(tensor.Name),
            Port = PortOf(model.Graph, tensor.Id),
            Shape = type.Shape.ToString(),
            Element = type.Element.ToString().ToLowerInvariant(),
            Scale = type.Quantization?.Scale,
            ZeroPoint = type.Quantization?.ZeroPoint,
            Least = type.Quantization?.Real(type.Element.Range().Min),
            Largest = type.Quantization?.Real(type.Element.Range().Max),
            Bytes = type.Bytes,
            BufferBytes = place?.Bytes ?? 0,
            Offset = place?.Offset ?? 0,
            Rows = type.Shape.Height,
            Slots = place?.Slots ?? 0,
        };
    }

    private static string PortOf(NetworkGraph graph, TensorId tensor)
    {
        var (input, output) = (graph.Inputs.FirstOrDefault(p => p.Tensor == tensor), graph.Outputs.FirstOrDefault(p => p.Tensor == tensor));
        var isState = graph.States.Any(s => graph.Inputs[s.Input] == input || graph.Outputs[s.Output] == output);
        return isState ? "state"
            : input is not null ? "input"
            : output is not null ? "output"
            : "";
    }

    private static ReportDevice DeviceOf(CompileOptions options)
    {
        var device = options.Device;
        return new(
            device.Id,
            device.Name,
            device.CoreName,
            device.ClockHz,
            device.MemoryText,
            [.. device.Memory.Select(RegionOf)],
            [
                new("maker", device.Vendor),
                new("core", device.CoreName),
                new("clock", FormattableString.Invariant($"{device.ClockHz / 1e6:0.###} MHz")),
                new("instructions", Words(device.Features.ToString())),
                new("SRAM for an arena", Bytes(device.SramBytes)),
                new("flash for weights and code", Bytes(device.FlashBytes)),
                new("budget of SRAM", Bytes(options.SramBudget)),
                new("budget of flash", Bytes(options.FlashBudget)),
                new("code and weights are read with", device.MemoryText),
                new("supply", device.Power is { } power ? Supply(power) : "not known"),
                new("compiler", $"{device.Compiler} {string.Join(' ', device.CompilerFlags)}"),
            ],
            device.Sources
        );
    }

    private static ReportRegion RegionOf(MemoryRegion region) =>
        new(
            region.Name,
            Words(region.Kind.ToString()),
            region.Bytes,
            region.Uses == MemoryUses.None ? "" : Words(region.Uses.ToString()),
            region.Access
        );

    private static string Supply(PowerModel power) =>
        FormattableString.Invariant($"{power.ActiveMicroampsPerMegahertz:0.##} µA per MHz at {power.SupplyVolts:0.##} V");

    private static string Bytes(long bytes) => FormattableString.Invariant($"{bytes:N0} bytes");

    /// <summary>Names of an enumeration in lower case, with a space before each word.</summary>
    private static string Words(string names) =>
        string.Concat(
            names.Select(
                (c, i) =>
                    char.IsUpper(c) && i > 0 && char.IsLower(names[i - 1])
                        ? $" {char.ToLowerInvariant(c)}"
                        : char.ToLowerInvariant(c).ToString()
            )
        );
}
