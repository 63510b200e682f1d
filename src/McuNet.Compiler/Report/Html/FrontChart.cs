using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>Schedules in the plane of time and memory, the one that was taken, and the budgets.</summary>
internal static class FrontChart
{
    private const int Left = 78;
    private const int Right = Figure.Width - 20;
    private const int Top = 26;
    private const int Plot = 300;
    private const double Far = 1.6;

    public static Markup Of(ReportModel model, ReportModel? against)
    {
        var figures = model.Figures;
        ReportModel[] all = against is null ? [model] : [model, against];
        var (mostBytes, mostTime) = (all.Max(m => Arenas(m).Max()), all.Max(m => Times(m).Max()));
        var arenaBudget = figures.SramBudget - figures.Stack;
        var (bytesLimit, timeLimit) = (arenaBudget <= Far * mostBytes, figures.LatencyBudgetMs <= Far * mostTime);
        var bytes = new ValueAxis(ValueAxis.Above(mostBytes, bytesLimit ? arenaBudget : 0), Top + Plot, Top);
        var (earliest, latest) = (all.Min(m => Times(m).Min()), timeLimit ? Math.Max(mostTime, figures.LatencyBudgetMs!.Value) : mostTime);
        var margin = 0.04 * (latest - earliest) + 0.01 * latest;
        var time = new ValueAxis(latest + margin, Left, Right, Math.Max(0, earliest - margin));
        var content = new List<Markup> { Markup.Join(Grid(time, bytes)) };
        var sram = Invariant($"{arenaBudget:N0} bytes of SRAM beside the stack");
        content.Add(
            bytesLimit
                ? Limit((Left, bytes.At(arenaBudget)), (Right, bytes.At(arenaBudget)), (Right - 4, bytes.At(arenaBudget) - 4), sram)
                : Figure.Text(Right - 4, 14, "end", $"{sram}: above this picture", "label limit-text")
        );
        if (timeLimit && time.At(figures.LatencyBudgetMs!.Value) is var at)
            content.Add(Limit((at, Top), (at, Top + Plot), (at - 4, Top + 12), "budget of time"));
        if (against is not null)
            content.AddRange(Draw(against, "c1", $"{against.Name} on {against.Device.Name}: ", time, bytes));
        content.AddRange(Draw(model, "c0", "", time, bytes));
        var legend = new List<(string, string)> { ("c0", "schedules to choose from"), ("chosen", "the one that was taken") };
        if (against is not null)
            legend.Insert(1, ("c1", $"those of {against.Name} on {against.Device.Name}"));
        return Figure.Of(
            new("Schedules: bytes of arena over estimated time", Top + Plot + 44, Markup.Join(content)),
            ToTable(model),
            legend
        );
    }

    private static Markup Limit((double X, double Y) from, (double X, double Y) to, (double X, double Y) name, string text) =>
        Markup.Of($"{Figure.Line("limit", from.X, from.Y, to.X, to.Y)}{Figure.Text(name.X, name.Y, "end", text, "label limit-text")}\n");

    private static IEnumerable<double> Arenas(ReportModel model) => [.. model.Front.Select(p => (double)p.Arena), model.Figures.Arena];

    private static IEnumerable<double> Times(ReportModel model) => [.. model.Front.Select(p => p.LatencyMs), model.Figures.LatencyMs];

    private static IEnumerable<Markup> Grid(ValueAxis time, ValueAxis bytes)
    {
        yield return Figure.Levels(bytes, Left, Right);
        foreach (var (_, at, text) in time.Marks())
            yield return Markup.Of($"{Figure.Line("grid", at, Top, at, Top + Plot)}{Figure.Text(at, Top + Plot + 16, "middle", text)}\n");
        yield return Figure.Text((Left + Right) / 2.0, Top + Plot + 36, "middle", "estimated ms of one inference; bytes of arena upwards");
    }

    private static IEnumerable<Markup> Draw(ReportModel model, string style, string prefix, ValueAxis time, ValueAxis bytes)
    {
        var steps = string.Concat(
            model.Front.Select(
                (p, i) =>
                    i == 0
                        ? Invariant($"M{time.At(p.LatencyMs):0.##} {bytes.At(p.Arena):0.##}")
                        : Invariant($"H{time.At(p.LatencyMs):0.##}V{bytes.At(p.Arena):0.##}")
            )
        );
        yield return Markup.Of($"<path class=\"step {style}-line\" d=\"{steps}\"/>\n");
        foreach (var point in model.Front)
        {
            var factor = point.MacFactor > 1 ? Invariant($", {point.MacFactor:0.###} of the multiply-accumulates") : "";
            var text = Invariant($"{prefix}{point.Arena:N0} bytes of arena, {point.LatencyMs:0.###} ms{factor}");
            yield return Figure.Item(-1, text, Dot(style, time.At(point.LatencyMs), bytes.At(point.Arena), 4.5));
        }
        var chosen = Invariant($"{prefix}taken: {model.Figures.Arena:N0} bytes of arena, {model.Figures.LatencyMs:0.###} ms");
        yield return Figure.Item(
            -1,
            chosen,
            Dot($"chosen {style}-edge", time.At(model.Figures.LatencyMs), bytes.At(model.Figures.Arena), 7)
        );
    }

    private static Markup Dot(string style, double x, double y, double radius) =>
        Markup.Of($"<circle class=\"{style}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");

    private static Markup ToTable(ReportModel model) =>
        Table.Folded(
            "schedules to choose from, by the prices of the search",
            ["#arena, bytes", "#time, ms", "#cycles", "#share of the multiply-accumulates"],
            model.Front.Select(p =>
                Table.Row(
                    -1,
                    Table.Number(p.Arena),
                    Table.Number(p.LatencyMs, "N3"),
                    Table.Number(p.Cycles),
                    Table.Number(p.MacFactor, "N3")
                )
            )
        );
}
