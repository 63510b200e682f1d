using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Search.Evolution;
using McuNet.Search.Searching;

namespace McuNet.Search.Reporting;

/// <summary>The pictures of a search.</summary>
internal static class AccuracyPlot
{
    private const string Found = "#0969da";
    private const string Drawn = "#9a6700";
    private const string Marked = "#cf222e";

    /// <summary>Accuracy with the supernet's weights over SRAM: all networks, the front of the best, what evolution found, and the
    /// baselines by number.</summary>
    public static string Pareto(SearchOutcome outcome)
    {
        var all = outcome.Evolution.Concat(outcome.Random).ToArray();
        var contenders = outcome.Rows;
        var sram = all.Select(s => (double)s.Candidate.Resources.SramBytes)
            .Concat(contenders.Select(c => (double)c.Candidate.Resources.SramBytes))
            .ToArray();
        var accuracy = all.Select(s => 100 * s.Score).Concat(contenders.Select(c => 100 * c.Validation)).ToArray();
        var axes = Around(sram, accuracy);
        var text = new StringBuilder();
        foreach (var scored in outcome.Random)
            Dot(text, axes, scored, Drawn);
        foreach (var scored in outcome.Evolution)
            Dot(text, axes, scored, Found);
        Line(text, axes, Front(all).Select(s => ((double)s.Candidate.Resources.SramBytes, 100 * s.Score)), "#1a7f37", "2");
        for (var i = 0; i < contenders.Length; i++)
        {
            var label = (i == 0 ? "found" : i.ToString(CultureInfo.InvariantCulture)) + (contenders[i] == outcome.Winner ? ", winner" : "");
            var (x, y) = (axes.X(contenders[i].Candidate.Resources.SramBytes), axes.Y(100 * contenders[i].Validation));
            text.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x - 5:0.#}\" y=\"{y - 5:0.#}\" width=\"10\" height=\"10\" fill=\"{(i == 0 ? Found : Marked)}\" stroke=\"#fff\"><title>{WebUtility.HtmlEncode(contenders[i].Name)}</title></rect><text x=\"{x + 9:0.#}\" y=\"{y + 4:0.#}\" font-weight=\"600\">{label}</text>\n"
            );
        }
        return axes.Svg("Accuracy over SRAM", "bytes of SRAM, arena and stack", "validation accuracy, %", text.ToString());
    }

    /// <summary>The best accuracy so far over the number of networks scored, of evolution and of random search.</summary>
    public static string History(SearchOutcome outcome)
    {
        var (evolution, random) = (Best(outcome.Evolution), Best(outcome.Random));
        var axes = Around([0, Math.Max(outcome.Evolution.Length, outcome.Random.Length)], [.. evolution.Concat(random).Select(p => p.Y)]);
        var text = new StringBuilder();
        Line(text, axes, random, Drawn, "1.5");
        Line(text, axes, evolution, Found, "2.5");
        return axes.Svg("Best so far", "networks scored", "best validation accuracy, %", text.ToString());
    }

    /// <summary>The networks that are better than all with less SRAM, ascending.</summary>
    private static List<Scored> Front(IEnumerable<Scored> scored)
    {
        var front = new List<Scored>();
        foreach (var next in scored.OrderBy(s => s.Candidate.Resources.SramBytes).ThenByDescending(s => s.Score))
        {
            if (front.Count == 0 || next.Score > front[^1].Score)
                front.Add(next);
        }
        return front;
    }

    private static List<(double X, double Y)> Best(IReadOnlyList<Scored> scored)
    {
        var points = new List<(double, double)>();
        var best = 0.0;
        for (var i = 0; i < scored.Count; i++)
            points.Add((i + 1, 100 * (best = Math.Max(best, scored[i].Score))));
        return points;
    }

    private static Axes Around(IReadOnlyCollection<double> xs, IReadOnlyCollection<double> ys)
    {
        static (double, double) Padded(double least, double most)
        {
            var margin = Math.Max(0.05 * (most - least), 0.5);
            return (Math.Max(0, least - margin), most + margin);
        }

        var ((xFrom, xTo), (yFrom, yTo)) = (Padded(xs.Min(), xs.Max()), Padded(ys.Min(), ys.Max()));
        return new Axes(xFrom, xTo, yFrom, yTo);
    }

    private static void Dot(StringBuilder text, Axes axes, Scored scored, string colour) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<circle cx=\"{axes.X(scored.Candidate.Resources.SramBytes):0.#}\" cy=\"{axes.Y(100 * scored.Score):0.#}\" r=\"3.5\" fill=\"{colour}\" fill-opacity=\"0.5\"/>\n"
        );

    private static void Line(StringBuilder text, Axes axes, IEnumerable<(double X, double Y)> points, string colour, string width) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{axes.X(p.X):0.#},{axes.Y(p.Y):0.#}")))}\"/>\n"
        );
}
