using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Compares a compiled model with its budgets; each excess is an error that names the culprit and a way out.</summary>
public static class BudgetCheck
{
    /// <summary>Passes over a streamed input that advice goes up to.</summary>
    private const int MostPasses = 4;

    /// <param name="tools">With which other devices are compiled for, to say which would do.</param>
    public static ImmutableArray<Diagnostic> Run(Compilation compilation, CompilerTools? tools = null)
    {
        var (needs, others) = (Requirements.Of(compilation), new Lazy<string>(() => FitSentence.Of(compilation, tools)));
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        if (!needs.Sram.Holds)
            found.Add(Sram(compilation, others.Value));
        if (!needs.Flash.Holds)
            found.Add(Flash(compilation, others.Value));
        if (!needs.LatencyMs.Holds)
            found.Add(Latency(compilation.Model, compilation.Options, needs.LatencyMs, others.Value));
        if (needs.IsEnergyUnknown)
            found.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.EnergyUnknown,
                    compilation.Options.Device.Id,
                    compilation.Options.Budgets.EnergyMj!,
                    compilation.Model.Graph.Name
                )
            );
        if (needs.EnergyMj is { Holds: false } energy)
            found.Add(Energy(compilation.Model, compilation.Options, energy, others.Value));
        return found.ToImmutable();
    }

    private static Diagnostic Sram(Compilation compilation, string others)
    {
        var (model, options, footprint, need) = (compilation.Model, compilation.Options, compilation.Footprint, compilation.SramBytes);
        var budget = options.SramBudget;
        var peak = model.Schedule.Steps[Math.Min(model.Memory.PeakStep, model.Schedule.Steps.Length - 1)];
        var node = peak.IsInput ? "the input" : model.Graph[peak.Node].Name;
        var buffers = string.Join(", ", model.Memory.AtPeak.Take(6).Select(s => Invariant($"{s.Name} {s.Bytes:N0}")));
        return Diagnostic.Create(
            DiagnosticCatalog.SramBudgetExceeded,
            model.Graph.Name,
            need,
            model.Memory.ArenaBytes,
            footprint.Stack,
            need - budget,
            budget,
            options.Device.Id,
            node,
            buffers,
            SramAdvice(compilation) + others
        );
    }

    private static string SramAdvice(Compilation compilation)
    {
        var (model, options) = (compilation.Model, compilation.Options);
        var advice = new List<string>();
        var smallest = compilation.SramOf(model.Pareto[^1].ArenaBytes, model.Pareto[^1].Layers);
        if (smallest <= options.SramBudget)
            advice.Add(Invariant($"Optimize=\"fit\" finds a schedule of {smallest:N0} bytes that fits"));
        else if (smallest < compilation.SramBytes)
            advice.Add(Invariant($"the smallest schedule needs {smallest:N0} bytes"));
        if (model.Network.Inputs.Length == 1 && !model.Network.IsOutput(model.Network.Inputs[0].Tensor))
            AdviseDelivery(compilation, smallest, advice);
        if (advice.Count == 0)
            return "";
        var text = string.Join("; ", advice) + ". ";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>What streaming the input once, and more than once, would need.</summary>
    private static void AdviseDelivery(Compilation compilation, long smallest, List<string> advice)
    {
        var options = compilation.Options;
        var least = smallest;
        foreach (var (passes, text) in new[] { (1, "Input=\"rows\""), (MostPasses, "Input=\"rows\" InputPasses=\"{0}\"") })
        {
            if (compilation.Model.StreamsInput && passes <= options.InputPasses)
                continue;
            var choice = compilation
                .Front.Delivered(new InputDelivery(InputMode.Rows, passes))
                .Choose(Objective.Fit, layers => options.SramBudget - compilation.SramOf(0, layers));
            var needs = compilation.SramOf(choice.ArenaBytes, choice.Layers);
            if (needs >= least)
                continue;
            least = needs;
            var asked = string.Format(CultureInfo.InvariantCulture, text, 1 + choice.Network.Kernels.Count(k => k.IsDelivery));
            advice.Add(Invariant($"with {asked} it needs {needs:N0} bytes{(needs <= options.SramBudget ? ", which fits" : "")}"));
            if (needs <= options.SramBudget)
                return;
        }
    }

    private static Diagnostic Flash(Compilation compilation, string others)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        var heavy = model
            .Graph.Nodes.Select(n => (n.Name, Bytes: model.Kernels[n.Id.Value].TableBytes))
            .OrderByDescending(n => n.Bytes)
            .Take(3)
            .Select(n => Invariant($"'{n.Name}' ({n.Bytes:N0})"));
        return Diagnostic.Create(
            DiagnosticCatalog.FlashBudgetExceeded,
            model.Graph.Name,
            footprint.Flash,
            footprint.Weights,
            footprint.Code,
            footprint.Flash - options.FlashBudget,
            options.FlashBudget,
            options.Device.Id,
            string.Join(", ", heavy),
            FlashAdvice(compilation),
            others
        );
    }

    /// <summary>What other kernels would take where the fastest were asked for; that there are none smaller where they were
    /// tried.</summary>
    private static string FlashAdvice(Compilation compilation)
    {
        if (DeviceKernels.TargetOf(compilation.Options.Device).Sets.Length == 1)
            return "";
        if (compilation.Fitting?.Value is not { } other)
            return Invariant($"No smaller kernels exist: these are the {Name(compilation.Model.KernelSet)} ones. ");
        var bytes = compilation.Footprint.Flash - Footprint.Estimate(compilation.Program).Flash + other.Footprint.Flash;
        return other.Model.KernelSet == compilation.Model.KernelSet
            ? ""
            : Invariant($"With Optimize=\"fit\" {Name(other.Model.KernelSet)} kernels take about {bytes:N0} bytes. ");
    }

    private static string Name(KernelSet set) => set.ToString().ToLowerInvariant();

    private static Diagnostic Latency(CompiledModel model, CompileOptions options, Use use, string others) =>
        Diagnostic.Create(
            DiagnosticCatalog.LatencyBudgetExceeded,
            model.Graph.Name,
            use.Used,
            options.Device.Id,
            options.Device.ClockHz / 1e6,
            -use.Margin!,
            use.Limit!,
            Slowest(model),
            others
        );

    private static Diagnostic Energy(CompiledModel model, CompileOptions options, Use use, string others) =>
        Diagnostic.Create(
            DiagnosticCatalog.EnergyBudgetExceeded,
            model.Graph.Name,
            use.Used,
            options.Device.Id,
            -use.Margin!,
            use.Limit!,
            Slowest(model),
            others
        );

    private static string Slowest(CompiledModel model) =>
        string.Join(
            ", ",
            model
                .Graph.Nodes.OrderByDescending(n => model.NodeCycles[n.Id.Value])
                .Take(3)
                .Select(n => Invariant($"'{n.Name}' ({100 * model.NodeCycles[n.Id.Value] / model.Cycles:0} %)"))
        );

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
