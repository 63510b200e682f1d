using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>A column of a chart: a wide one behind, and before it a narrow one, or both in a pile.</summary>
/// <param name="Operator">Index of what it is about.</param>
/// <param name="Text">Shown in full when it is looked at.</param>
internal sealed record Column(int Operator, string Name, double Behind, double Front, string Text);

/// <summary>A value that columns are held against.</summary>
/// <param name="Style">Of the line; a limit is named at the right, anything else at the left.</param>
internal sealed record Limit(double Value, string Text, string Style)
{
    public bool IsBudget => Style == "limit";
}

/// <summary>How the two parts of a column stand.</summary>
internal enum Standing
{
    /// <summary>The front before the back.</summary>
    Before,

    /// <summary>The front on top of the back.</summary>
    OnTop,
}

/// <summary>A column for each operator, in the order in which they run.</summary>
internal static class ColumnChart
{
    private const int Left = 78;
    private const int Right = Figure.Width - 12;
    private const int Top = 26;
    private const int Plot = 280;

    /// <summary>Most columns that have room for their names.</summary>
    private const int Named = 40;

    /// <summary>A limit so many times above all columns would press them flat, and is only named.</summary>
    private const double Far = 1.6;

    public static Picture Of(string label, IReadOnlyList<Column> columns, ImmutableArray<Limit> limits, Standing standing)
    {
        var most = columns.Select(c => Highest(c, standing)).DefaultIfEmpty(0).Max();
        var (shown, far) = (limits.Where(l => l.Value <= Far * most).ToArray(), limits.Where(l => l.Value > Far * most).ToArray());
        var axis = new ValueAxis(ValueAxis.Above([most, .. shown.Select(l => l.Value)]), Top + Plot, Top);
        var bottom = columns.Count <= Named ? 106 : 36;
        var drawn = columns.Select((c, i) => Draw(c, i, columns.Count, axis, standing));
        return new(
            label,
            Top + Plot + bottom,
            Markup.Join([Figure.Levels(axis, Left, Right), .. drawn, .. Names(columns), .. Lines(shown, axis), .. Beyond(far)])
        );
    }

    private static double Highest(Column column, Standing standing) =>
        standing == Standing.OnTop ? column.Behind + column.Front : System.Math.Max(column.Behind, column.Front);

    private static (double X, double Width) Place(int index, int count) =>
        (Left + (double)index / count * (Right - Left), (double)(Right - Left) / count);

    private static Markup Draw(Column column, int index, int count, ValueAxis axis, Standing standing)
    {
        var (x, width) = Place(index, count);
        var (foot, gap) = (axis.At(0), System.Math.Min(0.12 * width, 3));
        var behind = Figure.Box("behind", x + gap, axis.At(column.Behind), width - 2 * gap, foot - axis.At(column.Behind));
        var top = axis.At(column.Behind + column.Front);
        var front =
            standing == Standing.OnTop
                ? Figure.Box("front", x + gap, top, width - 2 * gap, axis.At(column.Behind) - top)
                : Figure.Box("front", x + 0.26 * width, axis.At(column.Front), 0.48 * width, foot - axis.At(column.Front));
        return Figure.Item(column.Operator, column.Text, Markup.Of($"{Figure.Box("hit", x, Top, width, Plot)}{behind}{front}"));
    }

    private static IEnumerable<Markup> Names(IReadOnlyList<Column> columns)
    {
        const int Foot = Top + Plot;
        if (columns.Count > Named)
        {
            var step = RoundStep.Of(columns.Count);
            for (var i = 0; i < columns.Count; i += (int)step)
                yield return Figure.Text(Place(i, columns.Count).X, Foot + 15, "middle", Invariant($"{i}"));
            yield return Figure.Text((Left + Right) / 2.0, Foot + 31, "middle", "operators in the order of the network");
            yield break;
        }
        for (var i = 0; i < columns.Count; i++)
        {
            var (x, width) = Place(i, columns.Count);
            var (at, foot) = (x + width / 2 + 3, Foot + 12);
            yield return Markup.Of(
                $"""
                <text class="label" x="{at}" y="{foot}" text-anchor="end" transform="rotate(-50 {at} {foot})">{Figure.Short(
                    columns[i].Name,
                    17
                )}</text>

                """
            );
        }
    }

    private static IEnumerable<Markup> Lines(Limit[] limits, ValueAxis axis)
    {
        foreach (var limit in limits)
        {
            var at = axis.At(limit.Value);
            var text = limit.IsBudget
                ? Figure.Text(Right - 4, at - 4, "end", limit.Text, "label limit-text")
                : Figure.Text(Left + 4, at - 4, "start", limit.Text, "label arena-text");
            yield return Markup.Of($"{Figure.Line(limit.Style, Left, at, Right, at)}{text}\n");
        }
    }

    private static IEnumerable<Markup> Beyond(Limit[] limits)
    {
        if (limits.Length > 0)
            yield return Figure.Text(
                Right - 4,
                14,
                "end",
                string.Join("; ", limits.Select(l => $"{l.Text}: above this picture")),
                "label limit-text"
            );
    }
}
