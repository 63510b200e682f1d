using System;
using System.Globalization;
using System.Net;
using System.Text;

namespace McuNet.Compiler.Report;

/// <summary>A picture as SVG: rectangles over a time axis, with labels at the left; legible on light and dark ground.</summary>
/// <param name="most">The end of the time axis, in cycles.</param>
internal sealed class SvgPlane(string title, double most, int height)
{
    private const int Width = 960;
    private const int Left = 190;
    private const int Right = 16;
    private const int Top = 8;
    private const int Bottom = 40;

    private static readonly string[] Colours = ["#4c8dd6", "#d97b29", "#4aa564", "#b35bc4", "#c9a227", "#d05252", "#3aa6a6", "#8a7f70"];
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _names = new();

    /// <param name="from">Cycles; <paramref name="to"/> too.</param>
    /// <param name="y">From the top of the plane.</param>
    /// <param name="colour">Any number; equal ones look alike.</param>
    /// <param name="name">Shown when a pointer rests on it.</param>
    public void Box(double from, double to, double y, double high, int colour, string name) =>
        _content.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{X(from):0.##}\" y=\"{Top + y:0.##}\" width=\"{Math.Max(0.4, X(to) - X(from)):0.##}\" height=\"{high:0.##}\" fill=\"{Colours[colour % Colours.Length]}\"><title>{WebUtility.HtmlEncode(name)}</title></rect>\n"
        );

    /// <summary>A label at the left, and a line across.</summary>
    public void Label(double y, string text) =>
        _content.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"grid\" x1=\"{Left}\" y1=\"{Top + y:0.##}\" x2=\"{Width - Right}\" y2=\"{Top + y:0.##}\"/><text x=\"{Left - 8}\" y=\"{Top + y + 4:0.##}\" text-anchor=\"end\">{WebUtility.HtmlEncode(text)}</text>\n"
        );

    /// <summary>A name on top of all boxes, where there is room for it.</summary>
    public void Name(double from, double to, double y, string text)
    {
        if (X(to) - X(from) > 6.2 * text.Length)
            _names.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"name\" x=\"{X(from) + 4:0.##}\" y=\"{Top + y:0.##}\">{WebUtility.HtmlEncode(text)}</text>\n"
            );
    }

    public override string ToString()
    {
        var whole = Top + height + Bottom;
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{whole}}" width="{{Width}}" height="{{whole}}" role="img" aria-label="{{WebUtility.HtmlEncode(
                title
            )}}">
            <style>text { font: 11px sans-serif; fill: #24292f; } .name { fill: #fff; } .grid { stroke: #8c959f; stroke-opacity: 0.35; } @media (prefers-color-scheme: dark) { text { fill: #d0d7de; } }</style>
            <title>{{WebUtility.HtmlEncode(title)}}</title>

            """
        );
        text.Append(_content).Append(_names);
        var step = RoundStep.Of(most);
        for (var v = 0.0; v <= most * 1.0001; v += step)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{X(v):0.##}\" y=\"{Top + height + 16}\" text-anchor=\"middle\">{v:N0}</text>\n"
            );
        return text.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{whole - 8}\" text-anchor=\"middle\">estimated cycles</text>\n</svg>\n"
            )
            .ToString();
    }

    private double X(double cycles) => Left + cycles / most * (Width - Left - Right);
}
