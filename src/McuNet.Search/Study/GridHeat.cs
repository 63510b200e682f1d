using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace McuNet.Search.Study;

/// <summary>The choices for all pairs of budgets as tables, the darker the more multiply-accumulates: more SRAM buys resolution, more flash
/// buys width.</summary>
internal static class GridHeat
{
    public static string Html(SpaceGrid grid)
    {
        var text = new StringBuilder();
        var most = grid.Judges.SelectMany(j => j.Studies).Max(s => s.Choice?.MeanMacs ?? 0);
        for (var j = 0; j < grid.Judges.Length; j++)
        {
            var judge = j;
            text.Append(CultureInfo.InvariantCulture, $"<h2>Choice, {WebUtility.HtmlEncode(grid.Judges[j].Short)}</h2>\n");
            Table(
                text,
                grid,
                (s, f) =>
                    grid.At(judge, s, f).Choice is { } choice
                        ? (
                            FormattableString.Invariant($"{choice.Name}<br>{ScaleResult.Millions(choice.MeanMacs)} MMACs"),
                            choice.MeanMacs / most
                        )
                        : ("none", 0)
            );
        }
        if (grid.Judges.Length < 2)
            return text.ToString();
        text.Append("<h2>How many times as much fits</h2>\n");
        var greatest = grid.Sram.SelectMany((_, s) => grid.Flash.Select((_, f) => grid.Gain(s, f) ?? 1)).Max();
        Table(
            text,
            grid,
            (s, f) =>
                grid.Gain(s, f) is { } gain ? (FormattableString.Invariant($"{gain:0.00} x"), (gain - 1) / Math.Max(0.01, greatest - 1))
                : grid.At(grid.Judges.Length - 1, s, f).Choice is null ? ("–", 0)
                : ("from nothing", 1)
        );
        return text.ToString();
    }

    /// <param name="cell">Place of the SRAM budget, place of the flash budget -> text and shade from 0 to 1.</param>
    private static void Table(StringBuilder text, SpaceGrid grid, Func<int, int, (string Text, double Shade)> cell)
    {
        text.Append("<table class=\"heat\"><tr><td>flash \\ SRAM</td>");
        foreach (var sram in grid.Sram)
            text.Append(CultureInfo.InvariantCulture, $"<td>{sram:N0}</td>");
        for (var f = 0; f < grid.Flash.Length; f++)
        {
            text.Append(CultureInfo.InvariantCulture, $"</tr>\n<tr><td>{grid.Flash[f]:N0}</td>");
            for (var s = 0; s < grid.Sram.Length; s++)
            {
                var (content, shade) = cell(s, f);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<td style=\"background:rgba(9,105,218,{Math.Clamp(shade, 0, 1):0.00});color:{(shade > 0.55 ? "#fff" : "#1f2328")}\">{content}</td>"
                );
            }
        }
        text.Append("</tr></table>\n");
    }
}
