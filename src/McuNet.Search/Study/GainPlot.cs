using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Compiler.Report;

namespace McuNet.Search.Study;

/// <summary>Mean multiply-accumulates of the networks that fit, scale by scale, by two judges: a pair of bars for each of the best scales
/// of either.</summary>
internal static class GainPlot
{
    private const int Shown = 8;
    private const int Width = 840;
    private const int Left = 96;
    private const int Right = 150;
    private const int Top = 34;
    private const int RowHeight = 32;

    private static readonly string[] Colours = ["#8c959f", "#0969da"];

    public static string Svg(SpaceStudy first, string firstName, SpaceStudy last, string lastName)
    {
        ImmutableArray<SpaceStudy> studies = [first, last];
        var names = last
            .Ranking.Take(Shown)
            .Concat(first.Ranking.Take(Shown / 2))
            .Select(s => s.Name)
            .Distinct()
            .OrderByDescending(n => Mean(last, n))
            .ThenByDescending(n => Mean(first, n))
            .ToArray();
        var most = names.Max(n => Math.Max(Mean(first, n), Mean(last, n))) / 1e6;
        var (height, step) = (Top + RowHeight * names.Length + 40, RoundStep.Of(most));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"Networks that fit, by schedule\">\n"
        );
        for (var v = 0.0; v <= most; v += step)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{X(v):0.#}\" y1=\"{Top}\" x2=\"{X(v):0.#}\" y2=\"{height - 36}\" stroke=\"#eaeef2\"/><text x=\"{X(v):0.#}\" y=\"{height - 22}\" text-anchor=\"middle\">{v:0.##}</text>\n"
            );
        for (var j = 0; j < studies.Length; j++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Left + j * 160}\" y=\"10\" width=\"12\" height=\"12\" fill=\"{Colours[j]}\"/><text x=\"{Left + j * 160 + 18}\" y=\"20\">{WebUtility.HtmlEncode(j == 0 ? firstName : lastName)}</text>\n"
            );
        for (var n = 0; n < names.Length; n++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{Top + n * RowHeight + 18}\" text-anchor=\"end\">{names[n]}</text>\n"
            );
            for (var j = 0; j < studies.Length; j++)
                Bar(text, studies[j].Scales.First(s => s.Name == names[n]), studies[j], Top + n * RowHeight + 3 + j * 13, j);
        }
        return text.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{height - 5}\" text-anchor=\"middle\">million multiply-accumulates, mean of the networks that fit</text>\n</svg>\n"
            )
            .ToString();

        double X(double macs) => Left + macs / most * (Width - Left - Right);

        void Bar(StringBuilder svg, ScaleResult scale, SpaceStudy study, int y, int judge)
        {
            var counts = study.Ranking.Contains(scale);
            var end = X(counts ? scale.MeanMacs / 1e6 : 0);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Left}\" y=\"{y}\" width=\"{end - Left:0.#}\" height=\"12\" fill=\"{Colours[judge]}\"/><text x=\"{end + 5:0.#}\" y=\"{y + 10}\">{(counts ? $"{ScaleResult.Millions(scale.MeanMacs)}, {Text(100 * scale.Feasible)} % fit" : $"{Text(100 * scale.Feasible)} % fit")}</text>\n"
            );
        }
    }

    private static double Mean(SpaceStudy study, string name) => study.Ranking.FirstOrDefault(s => s.Name == name)?.MeanMacs ?? 0;

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
