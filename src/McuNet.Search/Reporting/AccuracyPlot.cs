using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Search.Evaluation;
using McuNet.Search.Evolution;
using McuNet.Search.Runs;

namespace McuNet.Search.Reporting;

/// <summary>The pictures of a search.</summary>
internal static class AccuracyPlot
{
    private const string Found = "#0969da";
    private const string Drawn = "#9a6700";
    private const string Marked = "#cf222e";

    /// <summary>Accuracy over SRAM: all networks that have a score, the front of the best, what evolution found, and the baselines by
    /// number.</summary>
    public static string OverSram(SearchOutcome outcome) =>
        Pareto(outcome, r => r.SramBytes, "Accuracy over SRAM", "bytes of SRAM, arena and stack");

    /// <summary>The same over the time of an inference.</summary>
    public static string OverLatency(SearchOutcome outcome) =>
        Pareto(outcome, r => r.LatencyMs, "Accuracy over latency", "milliseconds of an inference");

    /// <summary>Rows stand at their accuracy with shared weights, as the other networks, or without a supernet after their own
    /// training.</summary>
    private static string Pareto(SearchOutcome outcome, Func<Resources, double> need, string title, string axis)
    {
        var (evolution, random) = ByWork(outcome) ? ([], []) : (outcome.Evolution, outcome.Random);
        var all = evolution.Concat(random).ToArray();
        var contenders = outcome.Rows;
        double Height(Contender c) => 100 * (c.Validation ?? c.FineTuned);
        var needs = all.Select(s => need(s.Candidate.Resources)).Concat(contenders.Select(c => need(c.Candidate.Resources))).ToArray();
        var accuracy = all.Select(s => 100 * s.Score).Concat(contenders.Select(Height)).ToArray();
        var axes = Around(needs, accuracy);
        var text = new StringBuilder();
        foreach (var scored in random)
            Dot(text, axes, need(scored.Candidate.Resources), scored, Drawn);
        foreach (var scored in evolution)
            Dot(text, axes, need(scored.Candidate.Resources), scored, Found);
        Line(text, axes, Front(all, need).Select(s => (need(s.Candidate.Resources), 100 * s.Score)), "#1a7f37", "2");
        for (var i = 0; i < contenders.Length; i++)
        {
            var label = (i == 0 ? "found" : i.ToString(CultureInfo.InvariantCulture)) + (contenders[i] == outcome.Winner ? ", winner" : "");
            var (x, y) = (axes.X(need(contenders[i].Candidate.Resources)), axes.Y(Height(contenders[i])));
            var isRight = Axes.IsNearRight(x);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x - 5:0.#}\" y=\"{y - 5:0.#}\" width=\"10\" height=\"10\" fill=\"{(i == 0 ? Found : Marked)}\" stroke=\"#fff\"><title>{WebUtility.HtmlEncode(contenders[i].Name)}</title></rect><text x=\"{x + (isRight ? -9 : 9):0.#}\" y=\"{y + 4:0.#}\" text-anchor=\"{(isRight ? "end" : "start")}\" font-weight=\"600\">{label}</text>\n"
            );
        }
        return axes.Svg(title, axis, "validation accuracy, %", text.ToString());
    }

    /// <summary>The best accuracy so far over the number of networks scored, of evolution and of random search.</summary>
    public static string History(SearchOutcome outcome)
    {
        var unit = ByWork(outcome) ? 0.001 : 100;
        var (evolution, random) = (Best(outcome.Evolution, unit), Best(outcome.Random, unit));
        var axes = Around([0, Math.Max(outcome.Evolution.Length, outcome.Random.Length)], [.. evolution.Concat(random).Select(p => p.Y)]);
        var text = new StringBuilder();
        Line(text, axes, random, Drawn, "1.5");
        Line(text, axes, evolution, Found, "2.5");
        return axes.Svg("Best so far", "networks scored", ByWork(outcome) ? "most thousand MACs" : "best score, %", text.ToString());
    }

    /// <summary>Whether scores are numbers of operations, and no accuracies.</summary>
    private static bool ByWork(SearchOutcome outcome) => outcome.Found.Score is null;

    /// <summary>The networks that are better than all that need less, ascending.</summary>
    private static List<Scored> Front(IEnumerable<Scored> scored, Func<Resources, double> need)
    {
        var front = new List<Scored>();
        foreach (var next in scored.OrderBy(s => need(s.Candidate.Resources)).ThenByDescending(s => s.Score))
        {
            if (front.Count == 0 || next.Score > front[^1].Score)
                front.Add(next);
        }
        return front;
    }

    private static List<(double X, double Y)> Best(IReadOnlyList<Scored> scored, double unit)
    {
        var points = new List<(double, double)>();
        var best = 0.0;
        for (var i = 0; i < scored.Count; i++)
            points.Add((i + 1, unit * (best = Math.Max(best, scored[i].Score))));
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

    private static void Dot(StringBuilder text, Axes axes, double need, Scored scored, string colour) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<circle cx=\"{axes.X(need):0.#}\" cy=\"{axes.Y(100 * scored.Score):0.#}\" r=\"3.5\" fill=\"{colour}\" fill-opacity=\"0.5\"/>\n"
        );

    private static void Line(StringBuilder text, Axes axes, IEnumerable<(double X, double Y)> points, string colour, string width) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{axes.X(p.X):0.#},{axes.Y(p.Y):0.#}")))}\"/>\n"
        );
}
