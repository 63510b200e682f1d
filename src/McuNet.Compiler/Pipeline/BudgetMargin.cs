using System;
using System.Collections.Immutable;
using System.Globalization;
using McuNet.Compiler.Pipeline.Fitting;
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
        var (model, needs) = (compilation.Model, Requirements.Of(compilation));
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var smallest = model.Pareto[^1].ArenaBytes + (compilation.SramBytes - model.Memory.ArenaBytes);
        Check(
            "SRAM",
            "bytes",
            "N0",
            needs.Sram,
            smallest < compilation.SramBytes
                ? Invariant($"The smallest schedule needs about {smallest:N0} bytes (Optimize=\"memory\").")
                : "No schedule needs less."
        );
        Check("flash", "bytes", "N0", needs.Flash, "Weights take most of it, or code where the model is small.");
        Check("time", "ms", "0.##", needs.LatencyMs, "The time is an estimate; measure it on the board.");
        if (needs.EnergyMj is { } energy)
            Check("energy", "mJ", "0.###", energy, "The energy is an estimate; measure it on the board.");
        return found.ToImmutable();

        void Check(string what, string unit, string format, Use use, string next)
        {
            if (use.Limit is not { } limit || !use.Holds || use.Used <= (1 - Wanted) * limit)
                return;
            string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            found.Add(
                Diagnostic.Create(
                    DiagnosticCatalog.BudgetNearlyUsed,
                    model.Graph.Name,
                    what,
                    100 * use.Share,
                    Number(use.Used),
                    Number(limit),
                    unit,
                    compilation.Options.Device.Id,
                    next
                )
            );
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
