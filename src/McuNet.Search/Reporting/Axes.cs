using System;
using System.Globalization;
using System.Text;
using McuNet.Compiler.Report;

namespace McuNet.Search.Reporting;

/// <summary>A plane with labelled axes as SVG, and where values lie in it.</summary>
internal sealed class Axes(double xFrom, double xTo, double yFrom, double yTo)
{
    private const int Width = 840;
    private const int Height = 380;
    private const int Left = 76;
    private const int Right = 16;
    private const int Top = 12;
    private const int Bottom = 46;

    public double X(double value) => Left + (value - xFrom) / (xTo - xFrom) * (Width - Left - Right);

    public double Y(double value) => Height - Bottom - (value - yFrom) / (yTo - yFrom) * (Height - Top - Bottom);

    /// <summary>Whether a short text right of such a place would leave the plane.</summary>
    public static bool IsNearRight(double x) => x > Width - Right - 90;

    /// <summary>The image with <paramref name="content"/> on the plane.</summary>
    public string Svg(string title, string xTitle, string yTitle, string content)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{title}\">\n"
        );
        var (xStep, yStep) = (RoundStep.Of(xTo - xFrom), RoundStep.Of(yTo - yFrom));
        for (var v = Math.Ceiling(yFrom / yStep) * yStep; v <= yTo + yStep * 1e-6; v += yStep)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{Y(v):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(v):0.#}\" stroke=\"#d8dee4\"/><text x=\"{Left - 8}\" y=\"{Y(v) + 4:0.#}\" text-anchor=\"end\">{v:#,0.##}</text>\n"
            );
        for (var v = Math.Ceiling(xFrom / xStep) * xStep; v <= xTo + xStep * 1e-6; v += xStep)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{X(v):0.#}\" y1=\"{Top}\" x2=\"{X(v):0.#}\" y2=\"{Height - Bottom}\" stroke=\"#eaeef2\"/><text x=\"{X(v):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{v:N0}</text>\n"
            );
        text.Append(content);
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{xTitle}</text>\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"14\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Height - Bottom) / 2})\">{yTitle}</text>\n"
        );
        return text.Append("</svg>\n").ToString();
    }
}
