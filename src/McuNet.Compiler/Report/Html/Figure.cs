using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>Something drawn, as wide as <see cref="Figure.Width"/>.</summary>
/// <param name="Label">What it shows, in a sentence.</param>
/// <param name="Top">Where it begins; not 0 for a part of a picture that paper has no room for as a whole.</param>
internal sealed record Picture(string Label, int Height, Markup Content, int Top = 0);

/// <summary>A picture with what it says below it. Its items say what they are where a pointer or the keyboard rests on them.</summary>
internal static class Figure
{
    public const int Width = 960;

    /// <param name="legend">Classes of colours with their meaning.</param>
    public static Markup Of(Picture picture, Markup table, params IEnumerable<(string Class, string Meaning)> legend) =>
        InParts([picture], table, legend);

    /// <param name="parts">One below the other.</param>
    public static Markup InParts(IReadOnlyList<Picture> parts, Markup table, params IEnumerable<(string Class, string Meaning)> legend) =>
        Markup.Of(
            $"""
            <figure><div class="chart" tabindex="0" role="group" aria-label="{parts[0].Label}">
            {parts.Select(p =>
                Markup.Of($"<svg viewBox=\"0 {p.Top} {Width} {p.Height}\" role=\"group\" aria-label=\"{p.Label}\">\n{p.Content}</svg>")
            )}</div>
            <figcaption>{Keys(legend)}</figcaption>
            {table}</figure>

            """
        );

    /// <summary>A picture as a file of its own.</summary>
    public static string Alone(Picture picture) =>
        Markup
            .Of(
                $"""
                <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{picture.Label}"
                    viewBox="0 0 {Width} {picture.Height}" width="{Width}" height="{picture.Height}">
                <style>
                {ReportPage.Style}</style>
                <title>{picture.Label}</title>
                {picture.Content}</svg>

                """
            )
            .Text;

    /// <summary>A line across at each mark of an axis upwards, with its number before it.</summary>
    public static Markup Levels(ValueAxis axis, double left, double right) =>
        Markup.Join(
            axis.Marks().Select(m => Markup.Of($"{Line("grid", left, m.At, right, m.At)}{Text(left - 6, m.At + 4, "end", m.Text)}\n"))
        );

    /// <param name="about">Index of an operator, or -1.</param>
    /// <param name="text">Shown in full when it is looked at.</param>
    public static Markup Item(int about, string text, Markup content) =>
        about < 0
            ? Markup.Of($"<g class=\"item\" role=\"img\" aria-label=\"{text}\">{content}</g>\n")
            : Markup.Of($"<g class=\"item\" role=\"img\" data-op=\"{about}\" aria-label=\"{text}\">{content}</g>\n");

    public static Markup Box(string style, double x, double y, double width, double height) =>
        Markup.Of($"<rect class=\"{style}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");

    public static Markup Line(string style, double x1, double y1, double x2, double y2) =>
        Markup.Of($"<line class=\"{style}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");

    /// <param name="anchor">start, middle or end.</param>
    public static Markup Text(double x, double y, string anchor, string text, string style = "label") =>
        Markup.Of($"<text class=\"{style}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>");

    /// <summary>At most so many characters, the middle left out.</summary>
    public static string Short(string text, int most) =>
        text.Length <= most ? text : $"{text[..(most / 3)]}…{text[^(most - most / 3 - 1)..]}";

    private static IEnumerable<Markup> Keys(IEnumerable<(string Class, string Meaning)> legend)
    {
        foreach (var (style, meaning) in legend)
        {
            var box = Markup.Of(
                $"<svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"{style}\" width=\"12\" height=\"12\"/></svg>"
            );
            yield return Markup.Of($"<span class=\"key\">{box}{meaning}</span> ");
        }
    }
}
