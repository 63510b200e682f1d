using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>The arena: offset over time. Rings are bands of constant height, whole tensors stairs that are built up and consumed.</summary>
internal static class ArenaChart
{
    private const int Left = 78;
    private const int Right = Figure.Width - 12;
    private const int Top = 10;
    private const int Plot = 400;
    private const int Colours = 8;

    public static Markup Of(ReportModel model, ReportDrawing drawing)
    {
        var time = new ValueAxis(drawing.Milliseconds, Left, Right);
        var bytes = new ValueAxis(model.Figures.Arena, Top, Top + Plot);
        var rows = drawing.Buffers.Select(b =>
            Table.Row(
                -1,
                Table.Text(b.Name),
                Table.Text(b.What),
                Table.Number(b.Offset),
                Table.Number(b.Bytes),
                Table.Number(b.Begin, "N3"),
                Table.Number(b.End, "N3")
            )
        );
        var table = Table.Folded("buffers of the arena", ["buffer", "what", "#offset", "#bytes", "#from, ms", "#to, ms"], rows);
        var boxes = drawing.Buffers.Select((b, i) => Draw(b, i, time, bytes));
        return Figure.Of(
            new(
                Invariant($"The arena of {model.Figures.Arena:N0} bytes: which bytes each buffer uses when"),
                Top + Plot + 40,
                Markup.Join([.. Grid(time, bytes), .. boxes, .. drawing.Buffers.Select(b => Name(b, time, bytes))])
            ),
            table
        );
    }

    private static IEnumerable<Markup> Grid(ValueAxis time, ValueAxis bytes)
    {
        yield return Figure.Levels(bytes, Left, Right);
        foreach (var (_, at, text) in time.Marks())
            yield return Markup.Of($"{Figure.Text(at, Top + Plot + 16, "middle", text)}\n");
        const string Axes = "ms from the start of an inference, estimated; offset in the arena in bytes from the top";
        yield return Figure.Text((Left + Right) / 2.0, Top + Plot + 34, "middle", Axes);
    }

    private static Markup Draw(DrawnBuffer buffer, int index, ValueAxis time, ValueAxis bytes)
    {
        var path = StairsPath.Of(buffer.Live.Select(l => (time.At(l.Begin), time.At(l.End), bytes.At(l.Lo), bytes.At(l.Hi))));
        var text =
            Invariant($"{buffer.Name}: {buffer.What}, {buffer.Bytes:N0} bytes at offset {buffer.Offset:N0}, ")
            + Invariant($"from {buffer.Begin:0.###} to {buffer.End:0.###} ms");
        return Figure.Item(-1, text, Markup.Of($"<path class=\"c{index % Colours}\" d=\"{path}\"/>"));
    }

    /// <summary>On the widest of its steps, where there is room.</summary>
    private static Markup Name(DrawnBuffer buffer, ValueAxis time, ValueAxis bytes)
    {
        if (buffer.Live.IsEmpty)
            return Markup.None;
        var widest = buffer.Live.MaxBy(l => (l.End - l.Begin) * (l.Hi - l.Lo));
        var (x, y) = (time.At(widest.Begin), bytes.At(widest.Lo));
        var (width, height) = (time.At(widest.End) - x, bytes.At(widest.Hi) - y);
        return height < 13 || width < 6.4 * buffer.Name.Length + 6
            ? Markup.None
            : Figure.Text(x + 4, y + 12, "start", buffer.Name, "on-colour");
    }
}
