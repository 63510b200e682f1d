using System;
using System.Collections.Generic;
using System.Globalization;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>What the network takes of what it may take.</summary>
internal static class SummarySection
{
    public static Markup Print(ReportModel model)
    {
        var figures = model.Figures;
        var verdict = figures.Fits
            ? Markup.Of($"<p class=\"verdict fits\">It fits.</p>")
            : Markup.Of($"<p class=\"verdict fails\">It does not fit; <a href=\"#diagnostics\">diagnostics</a> say why.</p>");
        var proof = figures.ProvedOptimal
            ? "proved minimal for its schedule"
            : Invariant($"no plan of its schedule takes less than {figures.LowerBound:N0}");
        var once =
            figures.LayerByLayer > figures.Arena
                ? Invariant(
                    $"; layer by layer it would be {figures.LayerByLayer:N0}, {(double)figures.LayerByLayer / figures.Arena:0.0} times as much"
                )
                : "";
        return Markup.Of(
            $"""
            {verdict}<dl class="figures">
            {Budgets(figures)}</dl>
            <p>{Work(model)}</p>
            <p>The arena takes <b id="arena-bytes">{figures.Arena:N0}</b> bytes ({proof}){once}. Most lives at <b>{figures.PeakAt}</b>.</p>

            """
        );
    }

    private static string Work(ReportModel model)
    {
        var figures = model.Figures;
        var factor = figures.MacFactor > 1 ? Invariant($" ({figures.MacFactor:0.000} of the network's, because bands overlap)") : "";
        var passes = figures.InputPasses > 1 ? $", {figures.InputPasses} passes over the input" : "";
        return Invariant(
                $"{figures.Macs:N0} multiply-accumulates{factor} in {model.Operators.Length} operators and {figures.Segments} segments{passes}, "
            )
            + Invariant($"{figures.Kernels} kernels; ")
            + Invariant(
                $"{model.Device.Core} at {model.Device.ClockHz / 1e6:0.#} MHz, {figures.Cycles:N0} cycles, {model.Device.MemoryText}."
            );
    }

    private static IEnumerable<Markup> Budgets(ReportFigures figures)
    {
        yield return Budget(
            "SRAM",
            figures.Sram,
            figures.SramBudget,
            "N0",
            "bytes",
            Invariant($"arena {figures.Arena:N0}, stack {figures.Stack:N0}")
        );
        yield return Budget(
            "Flash",
            figures.Flash,
            figures.FlashBudget,
            "N0",
            "bytes",
            Invariant($"weights {figures.Weights:N0}, code {figures.Code:N0} {(figures.CodeMeasured ? "measured" : "estimated")}")
        );
        yield return Budget("Time", figures.LatencyMs, figures.LatencyBudgetMs, "N2", "ms", "one inference, estimated");
        if (figures.EnergyMj is { } energy)
            yield return Budget("Energy", energy, figures.EnergyBudgetMj, "N3", "mJ", "one inference, estimated");
    }

    private static Markup Budget(string what, double used, double? limit, string format, string unit, string parts)
    {
        var of = limit is { } most ? Markup.Of($" of {Plain(most, format)} {unit}") : Markup.Of($" {unit}");
        var share = limit > 0 ? used / limit.Value : 0;
        var percent = limit is null ? Markup.None : Markup.Of($" ({100 * share:0} %)");
        var bar = limit is null ? Markup.None : Bar(share);
        return Markup.Of($"<div><dt>{what}</dt><dd><b>{Plain(used, format)}</b>{of}{percent}{bar}<small>{parts}</small></dd></div>\n");
    }

    private static Markup Bar(double share)
    {
        var used = Figure.Box(share > 1 ? "over" : "front", 0, 0, 100 * Math.Min(1, share), 4);
        return Markup.Of(
            $"""
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">{Figure.Box(
                "rail",
                0,
                0,
                100,
                4
            )}{used}</svg>
            """
        );
    }

    private static string Plain(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
