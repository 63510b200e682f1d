using System;
using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>
/// The network as it runs, a row for each node: edges and segments at the left, what it computes and where that lies in the middle, and
/// when it runs at the right. Layers of one segment have one colour and take turns.
/// </summary>
internal static class ScheduleChart
{
    private const int Row = 20;
    private const int Top = 30;
    private const int Edges = 64;
    private const int Words = 118;
    private const int Times = 560;
    private const int Right = Figure.Width - 12;
    private const int Colours = 8;

    /// <summary>As many as paper has room for.</summary>
    private const int RowsOfPart = 40;

    public static Markup Of(ReportModel model, ReportDrawing drawing)
    {
        var time = new ValueAxis(drawing.Milliseconds, Times, Right);
        var parts = Math.Max(1, (drawing.Nodes.Length + RowsOfPart - 1) / RowsOfPart);
        string[] heads = ["#segment", "runs", "operators", "#bytes of their outputs", "#from, ms", "#to, ms"];
        var table = Table.Folded(
            "segments of the schedule",
            heads,
            drawing.Segments.Select(
                (s, i) =>
                    Table.Row(
                        -1,
                        Table.Number(i + 1),
                        Table.Text(Mode(s.Mode)),
                        Table.Text(string.Join(", ", drawing.Nodes[s.First..s.End].Select(n => n.Name))),
                        Table.Number(s.Bytes),
                        Table.Number(s.Time.Begin, "N3"),
                        Table.Number(s.Time.End, "N3")
                    )
            )
        );
        return Figure.InParts(
            [.. Enumerable.Range(0, parts).Select(p => Part(model, drawing, p, time))],
            table,
            ("c0", "colours: segments, whose operators take turns"),
            ("ring-mark", "round: ring of rows"),
            ("node-mark", "square: whole tensor")
        );
    }

    /// <summary>Some rows, with all that crosses them.</summary>
    private static Picture Part(ReportModel model, ReportDrawing drawing, int part, ValueAxis time)
    {
        var (first, end) = (part * RowsOfPart, Math.Min(drawing.Nodes.Length, (part + 1) * RowsOfPart));
        var (top, foot) = (part == 0 ? 0 : Top + Row * first, Top + Row * end);
        var rows = Enumerable.Range(first, end - first);
        var segments = drawing.Segments.Select((s, i) => s.First < end && s.End > first ? Segment(s, i) : Markup.None);
        var links = drawing.Nodes.SelectMany((n, row) => Links(n, row, first, end));
        var label = "The network with its segments, rings and bands, and when each operator runs";
        var (isFirst, nodes) = (part == 0, rows.Select(r => Draw(model, drawing.Nodes[r], r, time)));
        return new(
            isFirst ? label : Invariant($"{label}, from row {first + 1} on"),
            foot - top,
            Markup.Of($"{(isFirst ? Heads() : Markup.None)}{Grid(time, Math.Max(Top, top), foot, isFirst)}{segments}{links}{nodes}"),
            top
        );
    }

    public static string Mode(string mode) =>
        mode switch
        {
            "rows" => "interleaved, row by row",
            "band" => "interleaved, on a band of columns",
            "layer" => "alone, row by row",
            "whole" => "alone, all rows in one call",
            _ => mode,
        };

    private static Markup Heads() =>
        Markup.Of(
            $"{Figure.Text(Words, 14, "start", "operator: output, rows that have room")}{Figure.Text(Times, 14, "start", "when it runs, ms")}\n"
        );

    private static double Middle(int row) => Top + Row * row + Row / 2.0;

    private static IEnumerable<Markup> Grid(ValueAxis time, int top, int foot, bool named)
    {
        foreach (var (_, at, text) in time.Marks())
            yield return Markup.Of(
                $"{Figure.Line("grid", at, top, at, foot)}{(named ? Figure.Text(at, Top - 3, "middle", text) : Markup.None)}\n"
            );
    }

    private static Markup Segment(DrawnSegment segment, int index)
    {
        var (y, height) = (Top + Row * segment.First, Row * (segment.End - segment.First));
        var shade = segment.Mode is "rows" or "band" ? Figure.Box("shade", 6, y, Right - 6, height) : Markup.None;
        return height == 0
            ? Markup.None
            : Figure.Item(
                -1,
                Invariant(
                    $"Segment {index + 1}: {segment.End - segment.First} operators, {Mode(segment.Mode)}, {segment.Bytes:N0} bytes of outputs"
                ),
                Markup.Of($"{Figure.Box($"c{index % Colours}", 6, y + 2, 8, height - 4)}{shade}")
            );
    }

    /// <summary>A line to the row before, a bow to one further up, of those that cross the rows [first, end).</summary>
    private static IEnumerable<Markup> Links(DrawnNode node, int row, int first, int end)
    {
        foreach (var input in node.Inputs.Where(i => row >= first && i < end))
        {
            if (input == row - 1)
                yield return Markup.Of($"{Figure.Line("edge", Edges + 34, Middle(input), Edges + 34, Middle(row))}\n");
            else if (input >= 0)
                yield return Bow(Middle(input), Middle(row), Edges + 30 - Math.Min(74, 10 + 3.2 * (row - input)));
        }
    }

    /// <param name="x">How far to the left it goes.</param>
    private static Markup Bow(double from, double to, double x) =>
        Markup.Of($"<path class=\"edge\" d=\"M{Edges + 34} {from}C{x} {from} {x} {to} {Edges + 34} {to}\"/>\n");

    private static Markup Draw(ReportModel model, DrawnNode node, int row, ValueAxis time)
    {
        var (y, colour) = (Middle(row), $"c{node.Segment % Colours}");
        var mark = node.IsRing
            ? Markup.Of($"<circle class=\"ring-mark {colour}\" cx=\"{Edges + 34}\" cy=\"{y}\" r=\"5\"/>")
            : Figure.Box($"node-mark {colour}", Edges + 29.5, y - 4.5, 9, 9);
        var calls = StairsPath.Of(node.Calls.Select(c => (time.At(c.Begin), time.At(c.End), y - 6, y + 6)));
        var bands = model.Operators[node.Operator].Bands;
        var band = bands > 1 && !node.Name.Contains(" band ", StringComparison.Ordinal) ? Invariant($", band {node.Band} of {bands}") : "";
        var blocks = node.BlockRows > 1 ? Invariant($", {node.BlockRows} rows a call") : "";
        var text = $"{node.Name}, {node.Kind}: {node.Result}{band}{blocks}; segment {node.Segment + 1}";
        var words = Figure.Short($"{Figure.Short(node.Name, 26)}: {node.Result}{band}{blocks}", 66);
        var hit = Figure.Box("hit", Edges, y - Row / 2.0, Right - Edges, Row);
        return Figure.Item(
            node.Operator,
            text,
            Markup.Of($"{hit}{mark}{Figure.Text(Words, y + 4, "start", words)}<path class=\"{colour}\" d=\"{calls}\"/>")
        );
    }
}
