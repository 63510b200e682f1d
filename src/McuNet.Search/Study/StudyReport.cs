using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>A study as one HTML file without references to others.</summary>
public static class StudyReport
{
    private const int Shown = 10;

    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; max-width: 880px; margin: 32px auto; padding: 0 16px; }
        h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 32px; }
        table { border-collapse: collapse; } th, td { padding: 4px 12px; text-align: right; border-bottom: 1px solid #d8dee4; }
        th:first-child, td:first-child { text-align: left; } tr.choice td { font-weight: 600; background: #ddf4ff; }
        .heat td { padding: 3px 6px; font-size: 12px; text-align: center; border: 1px solid #fff; }
        svg text { font: 12px system-ui, sans-serif; fill: #1f2328; } .note { color: #59636e; }
        """;

    public static string Html(SpaceGrid grid)
    {
        var (study, space) = (grid.Last, grid.Last.Space);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Search space {Encoded(space.Name)}</title><style>
            {Style}
            </style></head><body>
            <h1>Search space {Encoded(space.Name)}</h1>
            <p>{study.Scales.Length} scales of {SearchSpace.Words(space.NetworksPerScale)} networks each; {study
                .Scales[0]
                .Samples} random networks per scale (seed {study.Seed}), judged by {Encoded(
                string.Join(", and by ", grid.Judges.Select(j => j.Judge))
            )}{Encoded(Limits(study.Options))}.</p>

            """
        );
        if (grid.IsOneBudget)
            Append(text, grid);
        else
            text.Append(GridHeat.Html(grid));
        return text.Append("</body></html>\n").ToString().ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder text, SpaceGrid grid)
    {
        var study = grid.Last;
        var top = study.Ranking.Take(Shown).ToImmutableArray();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<p>{study.Options.SramBytes:N0} bytes of SRAM, {study.Options.FlashBytes:N0} bytes of flash.</p>\n<p>{Choice(study)}</p>\n"
        );
        if (grid.Verdict(0, 0) is { } verdict)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>What the schedules open up</h2>\n<p>{Encoded(verdict)}</p>\n");
            if (!top.IsEmpty)
                text.Append(GainPlot.Svg(grid.At(0, 0, 0), grid.Judges[0].Short, study, grid.Judges[^1].Short));
        }
        if (!top.IsEmpty)
        {
            text.Append("<h2>Multiply-accumulates of the networks that fit</h2>\n").Append(CumulativePlot.Svg(top));
            text.Append(
                "<p class=\"note\">Each curve is one scale: the share of its fitting networks that stay below so many multiply-accumulates. Further right is better.</p>\n"
            );
            text.Append("<h2>The best scales</h2>\n").Append(Table(top, study.Choice));
        }
        for (var j = 0; j < grid.Judges.Length; j++)
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"<h2>Share of networks that fit{(grid.Judges.Length > 1 ? ", " + Encoded(grid.Judges[j].Short) : "")}</h2>\n"
                )
                .Append(Heat(grid.At(j, 0, 0)));
    }

    /// <summary>Limits beside the bytes, as the end of a sentence.</summary>
    public static string Limits(StudyOptions options) =>
        (options.LatencyMs is { } latency ? Text($", at most {latency:0.###} ms") : "")
        + (options.EnergyMj is { } energy ? Text($", at most {energy:0.###} mJ") : "");

    private static string Choice(SpaceStudy study) =>
        study.Choice is { } choice
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Choice: <b>{choice.Name}</b>, mean {choice.MeanMacs / 1e6:0.0} million MACs{(choice.ErrorOfMean is { } error ? Text($" (standard error {error / 1e6:0.0})") : "")}; {100 * choice.Feasible:0} % of its networks fit."
            )
            : Encoded(study.Infeasible()!.Message);

    private static string Table(ImmutableArray<ScaleResult> top, ScaleResult? choice)
    {
        var text = new StringBuilder("<table><tr><th>scale</th><th>fit</th><th>mean MMACs</th><th>20 %</th><th>80 %</th></tr>\n");
        foreach (var s in top)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<tr{(s == choice ? " class=\"choice\"" : "")}><td>{s.Name}</td><td>{100 * s.Feasible:0.0} %</td><td>{s.MeanMacs / 1e6:0.0}</td>"
            );
            text.Append(CultureInfo.InvariantCulture, $"<td>{s.Percentile(20) / 1e6:0.0}</td><td>{s.Percentile(80) / 1e6:0.0}</td></tr>\n");
        }
        return text.Append("</table>\n").ToString();
    }

    /// <summary>Resolutions by widths; the darker, the more networks fit.</summary>
    private static string Heat(SpaceStudy study)
    {
        var text = new StringBuilder("<table class=\"heat\"><tr><td></td>");
        foreach (var width in study.Space.Widths)
            text.Append(CultureInfo.InvariantCulture, $"<td>w{width:0.0##}</td>");
        foreach (var row in study.Scales.GroupBy(s => s.Resolution))
        {
            text.Append(CultureInfo.InvariantCulture, $"</tr>\n<tr><td>r{row.Key}</td>");
            foreach (var s in row)
            {
                var ink = s.Feasible > 0.55 ? "#fff" : "#1f2328";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<td style=\"background:rgba(9,105,218,{s.Feasible:0.00});color:{ink}\">{100 * s.Feasible:0}</td>"
                );
            }
        }
        return text.Append("</tr></table>\n").ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
