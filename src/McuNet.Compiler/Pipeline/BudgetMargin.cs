using System;
using System.Collections.Immutable;
using System.Globalization;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>Finds budgets that hold, but that a small change of the model or of the firmware would break.</summary>
public static class BudgetMargin
{
    /// <summary>The part of a budget that is to be left free.</summary>
    private const double Wanted = 0.05;

    /// <summary>A warning for each budget of which less than 5 % is left.</summary>
    public static ImmutableArray<Diagnostic> Run(Compilation compilation)
    {
        var (model, options) = (compilation.Model, compilation.Options);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var smallest = model.Pareto[^1].ArenaBytes + (compilation.SramBytes - model.Memory.ArenaBytes);
        Check("SRAM", "bytes", "N0", compilation.SramBytes, options.SramBudget, smallest < compilation.SramBytes
            ? Invariant($"The smallest schedule needs about {smallest:N0} bytes (Optimize=\"memory\").") : "No schedule needs less.");
        Check("flash", "bytes", "N0", compilation.Footprint.Flash, options.FlashBudget, "Weights take most of it, or code where the model is small.");
        if (options.Budgets.LatencyMs is { } latency)
            Check("time", "ms", "0.##", options.Device.Milliseconds(model.Cycles), latency, "The time is an estimate; measure it on the board.");
        if (options.Budgets.EnergyMj is { } energy && options.Device.Millijoules(model.Cycles) is { } need)
            Check("energy", "mJ", "0.###", need, energy, "The energy is an estimate; measure it on the board.");
        return found.ToImmutable();

        void Check(string what, string unit, string format, double used, double budget, string next)
        {
            if (used > budget || used <= (1 - Wanted) * budget)
                return;
            string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            found.Add(Diagnostic.Create(DiagnosticCatalog.BudgetNearlyUsed, model.Graph.Name, what, 100 * used / budget, Number(used), Number(budget), unit,
                options.Device.Id, next));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
