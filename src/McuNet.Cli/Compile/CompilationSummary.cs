using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using McuNet.Cli.Printing;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;

namespace McuNet.Cli.Compile;

/// <summary>The figures of a compiled model against its budgets: on one line for a build log, and as files for people and for
/// scripts.</summary>
internal static class CompilationSummary
{
    /// <summary>Such as <c>person on nrf52840: SRAM 22,736 of 32,768 bytes (69 %; arena 22,168, stack 568), flash …, 24.1 ms of 50 (48
    /// %)</c>.</summary>
    public static string Line(Compilation compilation)
    {
        var (options, footprint) = (compilation.Options, compilation.Footprint);
        return string.Join(
                ", ",
                Budgets(compilation)
                    .Select(
                        (b, i) =>
                            i switch
                            {
                                0 => Invariant(
                                    $"{compilation.Model.Name} on {options.Device.Id}: SRAM {b.Used} of {b.Limit} bytes ({b.Share}; arena {compilation.Model.Memory.ArenaBytes:N0}, stack {footprint.Stack:N0})"
                                ),
                                1 => Invariant($"flash {b.Used} of {b.Limit} bytes ({b.Share})"),
                                _ => b.Limit is null ? $"about {b.Used} {b.Unit}" : $"about {b.Used} of {b.Limit} {b.Unit} ({b.Share})",
                            }
                    )
            )
            + Weights(compilation.Model, "; ", "")
            + Faster(compilation.Model.Faster, "; ", "")
            + (Window(compilation.Model) is { } window ? $"; {window}" : "");
    }

    /// <summary>
    /// Such as <c>2 of 49 rows of 'mfcc' for each inference, 4 % of the MACs of a window; outputs count after 24 inferences</c>; null where
    /// inputs are whole.
    /// </summary>
    public static string? Window(CompiledModel model)
    {
        if (model.Network.Sliding is not { } sliding)
            return null;
        var (rows, share) = (sliding.InColumns ? "columns" : "rows", 100.0 * model.Network.Macs / sliding.WindowMacs);
        return Invariant(
                $"{sliding.Hop} of {sliding.Rows} {rows} of '{ShownText.Name(model.Network.Inputs[sliding.Port].Name)}' for each inference, "
            ) + Invariant($"{share:0.#} % of the MACs of a window; outputs count after {sliding.WarmUp} inferences");
    }

    private static string Weights(CompiledModel model, string before, string after) =>
        model.Memory.WeightBytes == 0
            ? ""
            : Invariant(
                $"{before}{model.Memory.WeightBytes:N0} bytes of the arena hold weights, without them it takes {100 * model.SavedByMemory / model.Cycles:0.##} % more time{after}"
            );

    private static string Faster(FasterSchedule? faster, string before, string after) =>
        faster is null
            ? ""
            : Invariant(
                $"{before}the fastest schedule takes {100 * faster.SavedShare:0.##} % less time and an arena of {faster.ArenaBytes:N0}{after}"
            );

    public static IEnumerable<GeneratedFile> Files(Compilation compilation, IReadOnlyCollection<Diagnostic> diagnostics) =>
        [
            new($"{compilation.Model.Name}.json", Output.Text(CompilationJson.Of(compilation, diagnostics)) + "\n"),
            new($"{compilation.Model.Name}.md", Markdown(compilation, diagnostics)),
        ];

    private static string Markdown(Compilation compilation, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var (model, options, footprint) = (compilation.Model, compilation.Options, compilation.Footprint);
        var text = new StringBuilder();
        text.Append(Invariant($"# {model.Name} on {options.Device.Name}\n\n"));
        text.Append(
            Invariant(
                $"{model.Network.Macs:N0} multiply-accumulates in {model.Graph.Nodes.Length} layers and {model.Schedule.Segments.Length} segments, {CompilationJson.Kernels(model)} kernels.\n\n"
            )
        );
        if (Window(model) is { } window)
            text.Append(window).Append(".\n\n");
        text.Append("| | used | budget | |\n| --- | ---: | ---: | ---: |\n");
        foreach (var budget in Budgets(compilation))
            text.Append(
                $"| {budget.What} | {budget.Used} {budget.Unit} | {(budget.Limit is null ? "" : $"{budget.Limit} {budget.Unit}")} | {budget.Share} |\n"
            );
        text.Append(
            Invariant(
                $"\nSRAM is arena {model.Memory.ArenaBytes:N0} and stack {footprint.Stack:N0}; the peak is at {Code(CompilationJson.PeakAt(model))}: "
            )
        );
        text.Append(string.Join(", ", model.Memory.AtPeak.Take(6).Select(s => Invariant($"{s.Name} {s.Bytes:N0}")))).Append(".\n");
        text.Append(
            Invariant(
                $"Flash is weights {footprint.Weights:N0} and code {footprint.Code:N0} ({(footprint.Measured ? "measured" : "estimated")}). Time and energy are estimates.{Weights(model, " ", ".")}{Faster(model.Faster, " Of those that fit ", ".")}\n"
            )
        );
        text.Append("\n| layer | kind | MACs | share of the time |\n| --- | --- | ---: | ---: |\n");
        foreach (var node in model.Graph.Nodes.OrderByDescending(n => model.NodeCycles[n.Id.Value]).Take(10))
            text.Append(
                Invariant(
                    $"| {Code(node.Name)} | {node.Operator.Kind} | {node.Operator.Macs(model.Graph.TypesOf(node)):N0} | {100 * model.NodeCycles[node.Id.Value] / model.Cycles:0.0} % |\n"
                )
            );
        foreach (var found in diagnostics)
            text.Append($"\n**{found.Id}** {found.Message}\n");
        return text.ToString();
    }

    private static IEnumerable<Budget> Budgets(Compilation compilation)
    {
        var (model, options) = (compilation.Model, compilation.Options);
        yield return Of("SRAM", "bytes", "N0", compilation.SramBytes, options.SramBudget);
        yield return Of("flash", "bytes", "N0", compilation.Footprint.Flash, options.FlashBudget);
        yield return Of("time", "ms", "0.##", options.Device.Milliseconds(model.Cycles), options.Budgets.LatencyMs);
        if (options.Device.Millijoules(model.Cycles) is { } energy)
            yield return Of("energy", "mJ", "0.###", energy, options.Budgets.EnergyMj);
    }

    private static Budget Of(string what, string unit, string format, double used, double? limit) =>
        new(
            what,
            unit,
            used.ToString(format, CultureInfo.InvariantCulture),
            limit?.ToString(format, CultureInfo.InvariantCulture),
            limit is > 0 ? Invariant($"{Math.Floor((double)(100 * used / limit)):0} %") : ""
        );

    /// <summary>A name from the model as code in a cell of a table.</summary>
    private static string Code(string name) => $"`{ShownText.Name(name).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Limit">Null where nothing was asked for.</param>
    /// <param name="Share">Percent of the limit.</param>
    private sealed record Budget(string What, string Unit, string Used, string? Limit, string Share);
}
