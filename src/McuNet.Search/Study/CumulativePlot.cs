using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace McuNet.Search.Study;

/// <summary>The distribution of multiply-accumulates of several scales as an SVG image.</summary>
internal static class CumulativePlot
{
    private const int Width = 840;
    private const int Height = 400;
    private const int Left = 52;
    private const int Right = 130;
    private const int Top = 12;
    private const int Bottom = 46;
    private const int Points = 100;

    private static readonly string[] Colours =
    [
        "#0969da",
        "#cf222e",
        "#1a7f37",
        "#9a6700",
        "#8250df",
        "#bf3989",
        "#0a7ea4",
        "#57606a",
        "#bc4c00",
        "#4d2d00",
    ];

    public static string Svg(ImmutableArray<ScaleResult> scales)
    {
        var most = Step(scales.Max(s => s.Macs[^1]) / 1e6, out var step);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"Distribution of multiply-accumulates\">\n"
        );
        Axes(text, most, step);
        for (var i = 0; i < scales.Length; i++)
            Curve(text, scales[i], Colours[i % Colours.Length], i, most);
        return text.Append("</svg>\n").ToString();
    }

    private static void Axes(StringBuilder text, double most, double step)
    {
        for (var share = 0; share <= 100; share += 20)
        {
            var y = Y(share / 100.0);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\" stroke=\"#d8dee4\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{share} %</text>\n"
            );
        }
        for (var k = 0; k * step <= most * 1.0001; k++)
        {
            var x = X(k * step, most);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{Height - Bottom}\" stroke=\"#eaeef2\"/><text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{k * step:0.##}</text>\n"
            );
        }
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">million multiply-accumulates</text>\n"
        );
    }

    private static void Curve(StringBuilder text, ScaleResult scale, string colour, int index, double most)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(index == 0 ? 3 : 1.5)}\" points=\""
        );
        for (var p = 0; p <= Points; p++)
        {
            var at = (int)Math.Round(p / (double)Points * (scale.Macs.Length - 1));
            text.Append(CultureInfo.InvariantCulture, $"{X(scale.Macs[at] / 1e6, most):0.#},{Y((at + 1.0) / scale.Macs.Length):0.#} ");
        }
        var y = Top + 14 + index * 20;
        var x = Width - Right + 14;
        text.Append(
            CultureInfo.InvariantCulture,
            $"\"/><line x1=\"{x}\" y1=\"{y - 4}\" x2=\"{x + 22}\" y2=\"{y - 4}\" stroke=\"{colour}\" stroke-width=\"{(index == 0 ? 3 : 1.5)}\"/><text x=\"{x + 28}\" y=\"{y}\">{scale.Name}</text>\n"
        );
    }

    private static double X(double macs, double most) => Left + macs / most * (Width - Left - Right);

    private static double Y(double share) => Height - Bottom - share * (Height - Top - Bottom);

    /// <summary>The end of an axis that reaches <paramref name="most"/> in at most ten round steps.</summary>
    private static double Step(double most, out double step)
    {
        step = Math.Pow(10, Math.Floor(Math.Log10(most / 10)));
        foreach (var factor in new[] { 1, 2, 5, 10 })
        {
            if (step * factor * 10 >= most)
            {
                step *= factor;
                break;
            }
        }
        return Math.Ceiling(most / step) * step;
    }
}
