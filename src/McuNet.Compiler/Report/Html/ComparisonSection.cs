using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>The model beside another, or beside itself on another device or of another build.</summary>
internal static class ComparisonSection
{
    public static Markup? Print(ReportContent content) => content.Against is not { } other ? null : Print(content.Model, other);

    private static Markup Print(ReportModel model, ReportModel other)
    {
        var (mine, theirs) = ($"{model.Name} on {model.Device.Name}", $"{other.Name} on {other.Device.Name}");
        var pairs = Pairs(model, other);
        var rows = pairs.Select(p =>
            Table.Row(
                p.Operator,
                Table.Text(p.Name),
                Table.Number(p.Mine?.Scheduled),
                Table.Number(p.Theirs?.Scheduled),
                Table.Number(p.Mine?.Cycles),
                Table.Number(p.Theirs?.Cycles),
                Table.Number(p.Mine?.Weights),
                Table.Number(p.Theirs?.Weights)
            )
        );
        var cycles = pairs.Select(p =>
            Table.Row(p.Operator, Table.Text(p.Name), Table.Number(p.Mine?.Cycles), Table.Number(p.Theirs?.Cycles))
        );
        string[] heads = ["operator", "#bytes live", "#against", "#cycles", "#against", "#constants, bytes", "#against"];
        return Markup.Of(
            $"""
            <p>{mine} against {theirs}.</p>
            {Table.Open($"{mine} against {theirs}", ["", "#this", "#against", "#difference", "#in %"], Figures(model.Figures, other.Figures))}
            <h3>Memory by operator</h3>
            {Chart("Bytes that live while each operator runs, beside the other", pairs, o => o.Scheduled, "bytes",
                Table.Folded("operators beside each other", heads, rows))}
            <h3>Cycles by operator</h3>
            {Chart("Cycles of each operator, beside the other", pairs, o => o.Cycles, "cycles",
                Table.Folded("cycles beside each other", ["operator", "#cycles", "#against"], cycles))}
            <h3>Schedules to choose from</h3>
            {FrontChart.Of(model, other)}
            """
        );
    }

    private static Markup Chart(string label, IReadOnlyList<Pair> pairs, Func<ReportOperator, long> value, string unit, Markup table)
    {
        Column[] columns = [.. pairs.Select(p => new Column(p.Operator, p.Name, Of(p.Theirs), Of(p.Mine), Text(p, value, unit)))];
        return Figure.Of(ColumnChart.Of(label, columns, [], Standing.Before), table, ("front", "this"), ("behind", "against"));

        long Of(ReportOperator? row) => row is null ? 0 : value(row);
    }

    private static string Text(Pair pair, Func<ReportOperator, long> value, string unit)
    {
        var (mine, theirs) = (
            pair.Mine is null ? "not here" : Number(value(pair.Mine)),
            pair.Theirs is null ? "not there" : Number(value(pair.Theirs))
        );
        return $"{pair.Name}: {mine} against {theirs} {unit}";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static IEnumerable<Markup> Figures(ReportFigures mine, ReportFigures theirs)
    {
        yield return Row("arena, bytes", mine.Arena, theirs.Arena);
        yield return Row("stack, bytes", mine.Stack, theirs.Stack);
        yield return Row("SRAM, bytes", mine.Sram, theirs.Sram);
        yield return Row("layer by layer, bytes", mine.LayerByLayer, theirs.LayerByLayer);
        yield return Row("weights, bytes", mine.Weights, theirs.Weights);
        yield return Row("code, bytes", mine.Code, theirs.Code);
        yield return Row("flash, bytes", mine.Flash, theirs.Flash);
        yield return Row("multiply-accumulates", mine.Macs, theirs.Macs);
        yield return Row("cycles", mine.Cycles, theirs.Cycles);
        yield return Row("time, ms", mine.LatencyMs, theirs.LatencyMs, "N3");
        if (mine.EnergyMj is { } energy && theirs.EnergyMj is { } other)
            yield return Row("energy, mJ", energy, other, "N3");
    }

    private static Markup Row(string name, double mine, double theirs, string format = "N0") =>
        Table.Row(
            -1,
            Table.Text(name),
            Table.Number(mine, format),
            Table.Number(theirs, format),
            Table.Number(mine - theirs, format),
            Table.Number(theirs == 0 ? null : 100 * (mine - theirs) / theirs, "+0.0;-0.0;0.0")
        );

    /// <summary>Operators of both, those of the same name beside each other: this model's in their order, then those that only the other
    /// has.</summary>
    private static List<Pair> Pairs(ReportModel model, ReportModel other)
    {
        var left = other.Operators.GroupBy(o => o.Name).ToDictionary(g => g.Key, g => new Queue<ReportOperator>(g));
        ReportOperator? Same(string name) => left.TryGetValue(name, out var same) && same.TryDequeue(out var one) ? one : null;
        var pairs = model.Operators.Select((o, i) => new Pair(i, o.Name, o, Same(o.Name))).ToList();
        var taken = pairs.Select(p => p.Theirs).ToHashSet(ReferenceEqualityComparer.Instance);
        pairs.AddRange(other.Operators.Where(o => !taken.Contains(o)).Select(o => new Pair(-1, o.Name, null, o)));
        return pairs;
    }

    private sealed record Pair(int Operator, string Name, ReportOperator? Mine, ReportOperator? Theirs);
}
