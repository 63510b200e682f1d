using System;
using System.Globalization;
using System.Text;

namespace McuNet.Facade;

/// <summary>Collects C# lines: LF, four spaces per level, and every block closed.</summary>
internal sealed class FacadeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>One or several lines; their own indentation is kept.</summary>
    public FacadeText Lines(string block)
    {
        foreach (var line in block.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', 4 * _depth).Append(line);
            _text.Append('\n');
        }
        return this;
    }

    public FacadeText Blank() => Lines(string.Empty);

    public FacadeText Open(string head)
    {
        Lines(head).Lines("{");
        _depth++;
        return this;
    }

    public FacadeText Close()
    {
        _depth--;
        return Lines("}");
    }

    public override string ToString() => _depth == 0 ? _text.ToString() : throw new InvalidOperationException($"{_depth} blocks are open");

    public static string Xml(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace('\n', ' ').Replace('\r', ' ');

    public static string Float(float value) => value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits, such as <c>0.0123</c>, <c>4.5</c>, <c>1234</c>.</summary>
    public static string Rounded(double value) =>
        (
            Math.Abs(value) >= 1000
                ? Math.Round(value)
                : double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        ).ToString(CultureInfo.InvariantCulture);
}
