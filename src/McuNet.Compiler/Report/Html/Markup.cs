using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace McuNet.Compiler.Report.Html;

/// <summary>HTML or SVG. Texts become part of it encoded, so that a name from a model is never markup.</summary>
public readonly record struct Markup(string Text)
{
    public static readonly Markup None = new("");

    /// <summary>An interpolated string whose values are encoded, but for those that are markup.</summary>
    public static Markup Of(MarkupHandler text) => new(text.ToString());

    /// <summary>Text that is markup already.</summary>
    public static Markup Trusted(string text) => new(text);

    public static Markup Join(IEnumerable<Markup> parts)
    {
        var all = new StringBuilder();
        foreach (var part in parts)
            all.Append(part.Text);
        return new(all.ToString());
    }

    public override string ToString() => Text;
}

/// <summary>Builds markup of an interpolated string.</summary>
[InterpolatedStringHandler]
public readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + 12 * formattedCount);

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Markup value) => _text.Append(value.Text);

    public void AppendFormatted(IEnumerable<Markup> values) => _text.Append(Markup.Join(values).Text);

    public void AppendFormatted(string? value) => _text.Append(WebUtility.HtmlEncode(value));

    public void AppendFormatted(int value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    public void AppendFormatted(long value, string? format = null) => _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>A coordinate, to the hundredth.</summary>
    public void AppendFormatted(double value) => _text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(double value, string format) => _text.Append(value.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => _text.ToString();
}
