using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Compares a compiled model with its budgets; each excess is an error that names the culprit and a way out.</summary>
public static class BudgetCheck
{
    /// <summary>Passes over a streamed input that advice goes up to.</summary>
    private const int MostPasses = 4;

    public static ImmutableArray<Diagnostic> Run(Compilation compilation)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        CheckSram(compilation, found);
        CheckFlash(compilation, found);
        CheckLatency(compilation.Model, compilation.Options, found);
        CheckEnergy(compilation.Model, compilation.Options, found);
        return found.ToImmutable();
    }

    private static void CheckSram(Compilation compilation, ImmutableArray<Diagnostic>.Builder found)
    {
        var (model, options, footprint, need) = (compilation.Model, compilation.Options, compilation.Footprint, compilation.SramBytes);
        var budget = options.SramBudget;
        if (need <= budget)
            return;
        var peak = model.Schedule.Steps[Math.Min(model.Memory.PeakStep, model.Schedule.Steps.Length - 1)];
        var node = peak.IsInput ? "the input" : model.Graph[peak.Node].Name;
        var buffers = string.Join(", ", model.Memory.AtPeak.Take(6).Select(s => Invariant($"{s.Name} {s.Bytes:N0}")));
        found.Add(Diagnostic.Create(
            DiagnosticCatalog.SramBudgetExceeded, model.Graph.Name, need, model.Memory.ArenaBytes, footprint.Stack, need - budget, budget,
            options.Device.Id, node, buffers, SramAdvice(compilation)));
    }

    private static string SramAdvice(Compilation compilation)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        var advice = new List<string>();
        var smallest = Need(model.Pareto[^1].ArenaBytes, model.Pareto[^1].Layers);
        if (smallest <= options.SramBudget)
            advice.Add(Invariant($"Optimize=\"fit\" finds a schedule of {smallest:N0} bytes that fits"));
        else if (smallest < compilation.SramBytes)
            advice.Add(Invariant($"the smallest schedule needs {smallest:N0} bytes"));
        if (model.Network.Inputs.Length == 1 && !model.Network.IsOutput(model.Network.Inputs[0].Tensor))
            AdviseDelivery(compilation, Need, smallest, advice);
        var larger = LargerDevices(d => d.SramBudgetBytes >= smallest && d.FlashBudgetBytes >= footprint.Flash, d => d.SramBytes);
        if (larger.Length > 0)
            advice.Add($"devices with enough SRAM: {larger}");
        advice.Add("a lower input resolution or narrower early layers lower the peak");
        var text = string.Join("; ", advice) + ".";
        return char.ToUpperInvariant(text[0]) + text[1..];

        long Need(int arena, int layers) => arena + (long)StackEstimate.Bytes(layers, footprint.Stack, model.Graph.Nodes.Length);
    }

    /// <summary>What streaming the input once, and more than once, would need.</summary>
    private static void AdviseDelivery(Compilation compilation, Func<int, int, long> need, long smallest, List<string> advice)
    {
        var options = compilation.Options;
        var least = smallest;
        foreach (var (passes, text) in new[] { (1, "Input=\"rows\""), (MostPasses, "Input=\"rows\" InputPasses=\"{0}\"") })
        {
            if (compilation.Model.StreamsInput && passes <= options.InputPasses)
                continue;
            var choice = compilation.Front.Delivered(new InputDelivery(InputMode.Rows, passes)).Choose(Objective.Fit, layers => options.SramBudget - need(0, layers));
            var needs = need(choice.ArenaBytes, choice.Layers);
            if (needs >= least)
                continue;
            least = needs;
            var asked = string.Format(CultureInfo.InvariantCulture, text, 1 + choice.Network.Kernels.Count(k => k.IsDelivery));
            advice.Add(Invariant($"with {asked} it needs {needs:N0} bytes{(needs <= options.SramBudget ? ", which fits" : "")}"));
            if (needs <= options.SramBudget)
                return;
        }
    }

    private static void CheckFlash(Compilation compilation, ImmutableArray<Diagnostic>.Builder found)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        if (footprint.Flash <= options.FlashBudget)
            return;
        var heavy = model.Graph.Nodes
            .Select(n => (n.Name, Bytes: model.Kernels[n.Id.Value].TableBytes))
            .OrderByDescending(n => n.Bytes).Take(3).Select(n => Invariant($"'{n.Name}' ({n.Bytes:N0})"));
        found.Add(Diagnostic.Create(
            DiagnosticCatalog.FlashBudgetExceeded, model.Graph.Name, footprint.Flash, footprint.Weights, footprint.Code,
            footprint.Flash - options.FlashBudget, options.FlashBudget, options.Device.Id, string.Join(", ", heavy), FlashAdvice(compilation)));
    }

    /// <summary>What other kernels would take where the fastest were asked for; that there are none smaller where they were tried.</summary>
    private static string FlashAdvice(Compilation compilation)
    {
        if (DeviceKernels.TargetOf(compilation.Options.Device).Sets.Length == 1)
            return "";
        if (compilation.Fitting?.Value is not { } other)
            return Invariant($"No smaller kernels exist: these are the {Name(compilation.Model.KernelSet)} ones. ");
        var bytes = compilation.Footprint.Flash - Footprint.Estimate(compilation.Program).Flash + other.Footprint.Flash;
        return other.Model.KernelSet == compilation.Model.KernelSet ? "" : Invariant($"With Optimize=\"fit\" {Name(other.Model.KernelSet)} kernels take about {bytes:N0} bytes. ");
    }

    private static string Name(KernelSet set) => set.ToString().ToLowerInvariant();

    private static void CheckLatency(CompiledModel model, CompileOptions options, ImmutableArray<Diagnostic>.Builder found)
    {
        var latency = options.Device.Milliseconds(model.Cycles);
        if (options.Budgets.LatencyMs is not { } budget || latency <= budget)
            return;
        found.Add(Diagnostic.Create(
            DiagnosticCatalog.LatencyBudgetExceeded, model.Graph.Name, latency, options.Device.Id, options.Device.ClockHz / 1e6, latency - budget, budget, Slowest(model)));
    }

    private static void CheckEnergy(CompiledModel model, CompileOptions options, ImmutableArray<Diagnostic>.Builder found)
    {
        if (options.Budgets.EnergyMj is not { } budget)
            return;
        if (options.Device.Millijoules(model.Cycles) is not { } energy)
            found.Add(Diagnostic.Create(DiagnosticCatalog.EnergyUnknown, options.Device.Id, budget, model.Graph.Name));
        else if (energy > budget)
            found.Add(Diagnostic.Create(
                DiagnosticCatalog.EnergyBudgetExceeded, model.Graph.Name, energy, options.Device.Id, energy - budget, budget, Slowest(model)));
    }

    private static string Slowest(CompiledModel model) => string.Join(", ", model.Graph.Nodes
        .OrderByDescending(n => model.NodeCycles[n.Id.Value]).Take(3)
        .Select(n => Invariant($"'{n.Name}' ({100 * model.NodeCycles[n.Id.Value] / model.Cycles:0} %)")));

    private static string LargerDevices(Func<Device, bool> fits, Func<Device, long> size) =>
        string.Join(", ", DeviceDatabase.All.Where(fits).OrderBy(size).ThenBy(d => d.Id, StringComparer.Ordinal).Take(3).Select(d => d.Id));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
