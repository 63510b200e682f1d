using System;
using System.Globalization;
using System.Text;

namespace McuNet.Compiler.Text;

/// <summary>
/// Writes indented source text: LF always, invariant formatting, blocks as scopes. <see cref="ToString"/> asserts that every block was
/// closed.
/// </summary>
public sealed class CodeWriter
{
    private const int IndentWidth = 4;
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line, or several: each line of <paramref name="lines"/> is indented by the current depth.</summary>
    public void Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', _depth * IndentWidth).Append(line);
            _text.Append('\n');
        }
    }

    public void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes text as it is, without indentation, ending in a line break.</summary>
    public void Verbatim(string text)
    {
        _text.Append(text);
        if (!text.EndsWith('\n'))
            _text.Append('\n');
    }

    /// <summary>Opens a brace on a line of its own; disposing the scope closes it and appends <paramref name="after"/>.</summary>
    public Scope Block(string header, string after = "")
    {
        Line(header);
        Line("{");
        _depth++;
        return new Scope(this, after);
    }

    public Scope Block(FormattableString header, string after = "") => Block(header.ToString(CultureInfo.InvariantCulture), after);

    public override string ToString() =>
        _depth == 0 ? _text.ToString() : throw new InvalidOperationException($"{_depth} blocks are still open");

    private void Close(string after)
    {
        _depth--;
        Line("}" + after);
    }

    public readonly struct Scope(CodeWriter writer, string after) : IDisposable
    {
        public void Dispose() => writer.Close(after);
    }
}
