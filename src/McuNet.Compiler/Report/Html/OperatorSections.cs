using System;
using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>What each operator takes: memory, time, flash.</summary>
internal static class OperatorSections
{
    public static Markup? Memory(ReportContent content)
    {
        var model = content.Model;
        string[] heads = ["operator", "kind", "output", "#layer by layer", "#with the schedule", "#segment", "runs", "most lives"];
        var table = Table.Folded(
            "memory by operator, bytes",
            heads,
            model.Operators.Select(
                (o, i) =>
                    Table.Row(
                        i,
                        Table.Text(o.Name),
                        Table.Text(o.Kind),
                        Table.Text(o.Shape),
                        Table.Number(o.LayerByLayer),
                        Table.Number(o.Scheduled),
                        Table.Number(o.Segment + 1),
                        Table.Text(Runs(o)),
                        Table.Text(Live(o))
                    )
            )
        );
        return Markup.Of(
            $"""
            <p>Layer by layer every tensor is whole from the operator that writes it to the last that reads it.
            The schedule keeps only rows that are still to be read.</p>
            {Figure.Of(MemoryPicture(model), table, ("behind", "layer by layer"), ("front", "with the schedule that was taken"))}
            """
        );
    }

    public static Picture MemoryPicture(ReportModel model)
    {
        var (figures, budget) = (model.Figures, model.Figures.SramBudget - model.Figures.Stack);
        return ColumnChart.Of(
            "Bytes that live while each operator runs, layer by layer and with the schedule",
            [.. model.Operators.Select((o, i) => new Column(i, o.Name, o.LayerByLayer ?? 0, o.Scheduled, MemoryText(o)))],
            [
                new(figures.Arena, Invariant($"arena {figures.Arena:N0}"), "arena-line"),
                new(budget, Invariant($"budget of SRAM less stack {budget:N0}"), "limit"),
            ],
            Standing.Before
        );
    }

    public static Markup? Cycles(ReportContent content)
    {
        var (model, device) = (content.Model, content.Model.Device);
        var columns = model.Operators.Select((o, i) => new Column(i, o.Name, o.Cycles - o.Waits, o.Waits, CyclesText(model, o))).ToArray();
        string[] heads =
        [
            "operator",
            "kernel",
            "#multiply-accumulates",
            "#cycles",
            "#of these waiting",
            "#share, %",
            "#cycles per MAC",
            "#ms",
        ];
        var table = Table.Folded(
            "cycles by operator",
            heads,
            model.Operators.Select(
                (o, i) =>
                    Table.Row(
                        i,
                        Table.Text(o.Name),
                        Table.Text(KernelOf(o)),
                        Table.Number(o.Macs),
                        Table.Number(o.Cycles),
                        Table.Number(o.Waits),
                        Table.Number(Share(o.Cycles, model.Figures.Cycles), "N1"),
                        Table.Number(o.Macs > 0 ? (double)o.Cycles / o.Macs : null),
                        Table.Number(o.Cycles * 1e3 / device.ClockHz, "N3")
                    )
            )
        );
        var picture = ColumnChart.Of("Estimated cycles of each operator", columns, [], Standing.OnTop);
        return Markup.Of(
            $"""
            <p>Estimates for {device.Name}; memory of code and weights: {device.MemoryText}.</p>
            {Figure.Of(picture, table, ("behind", "computing"), ("front", "waiting for memory"))}
            """
        );
    }

    public static Markup? Flash(ReportContent content)
    {
        var (model, figures) = (content.Model, content.Model.Figures);
        var columns = model.Operators.Select((o, i) => new Column(i, o.Name, o.Weights, 0, FlashText(o))).ToArray();
        var measured = figures.CodeMeasured ? "measured" : "estimated";
        var rows = model
            .Operators.Select((o, i) => FlashRow(i, o.Name, o.Kind, o.Weights, figures))
            .Append(FlashRow(-1, $"code, {measured}", $"{figures.Kernels} kernels", figures.Code, figures));
        var table = Table.Folded("flash by operator", ["operator", "kind", "#bytes", "#share, %"], rows);
        var picture = ColumnChart.Of("Bytes of constants of each operator", columns, [], Standing.OnTop);
        return Markup.Of(
            $"""
            <p>{figures.Weights:N0} bytes of constants, equal ones once, and {figures.Code:N0} bytes of code ({measured}).</p>
            {Figure.Of(picture, table, ("behind", "weights and other constants"))}
            """
        );
    }

    private static Markup FlashRow(int index, string name, string kind, long bytes, ReportFigures figures) =>
        Table.Row(index, Table.Text(name), Table.Text(kind), Table.Number(bytes), Table.Number(Share(bytes, figures.Flash), "N1"));

    private static string FlashText(ReportOperator row) => Invariant($"{row.Name}, {row.Kind}: {row.Weights:N0} bytes of constants");

    public static double Share(double part, double whole) => whole > 0 ? 100 * part / whole : 0;

    public static string KernelOf(ReportOperator row) => row.Kernel.Length > 0 ? row.Kernel : "the application delivers rows";

    private static string Runs(ReportOperator row) => string.Concat(Parts(row));

    private static IEnumerable<string> Parts(ReportOperator row)
    {
        yield return ScheduleChart.Mode(row.Mode);
        if (row.Bands > 1)
            yield return Invariant($", {row.Bands} bands");
        if (row.BlockRows > 1)
            yield return Invariant($", {row.BlockRows} rows a call");
    }

    private static string Live(ReportOperator row) => string.Join(", ", row.Live.Select(l => Invariant($"{l.Name} {l.Bytes:N0}")));

    private static string MemoryText(ReportOperator row)
    {
        var alone = row.LayerByLayer is { } bytes ? Invariant($"layer by layer {bytes:N0}, ") : "";
        return Invariant($"{row.Name}, {row.Kind} {row.Shape}: {alone}with the schedule {row.Scheduled:N0} bytes ({Live(row)})");
    }

    private static string CyclesText(ReportModel model, ReportOperator row) =>
        Invariant(
            $"{row.Name}, {KernelOf(row)}: {row.Cycles:N0} cycles, {row.Waits:N0} of them waiting, {Share(row.Cycles, model.Figures.Cycles):0.0} % of the time"
        );
}
