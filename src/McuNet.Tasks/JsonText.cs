using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace McuNet.Tasks;

/// <summary>
/// Reads JSON into dictionaries, lists, strings, doubles, booleans and null. It stands in for System.Text.Json, whose
/// assemblies a task cannot bring along without clashing with those of MSBuild.
/// </summary>
internal sealed class JsonText
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _at;

    private JsonText(string text) => _text = text;

    /// <exception cref="FormatException">The text is not one JSON value.</exception>
    public static object? Parse(string text)
    {
        var reader = new JsonText(text);
        var value = reader.Value(0);
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Unexpected();
    }

    private object? Value(int depth)
    {
        SkipSpace();
        if (depth > MaxDepth)
            throw Unexpected();
        switch (Peek())
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                return String();
            case 't':
                return Word("true", true);
            case 'f':
                return Word("false", false);
            case 'n':
                return Word("null", null);
            default:
                return Number();
        }
    }

    private Dictionary<string, object?> Object(int depth)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        SkipSpace();
        for (var first = true; !Take('}'); first = false)
        {
            if (!first)
                Expect(',');
            SkipSpace();
            var key = String();
            SkipSpace();
            Expect(':');
            result[key] = Value(depth + 1);
            SkipSpace();
        }
        return result;
    }

    private List<object?> Array(int depth)
    {
        var result = new List<object?>();
        _at++;
        SkipSpace();
        for (var first = true; !Take(']'); first = false)
        {
            if (!first)
                Expect(',');
            result.Add(Value(depth + 1));
            SkipSpace();
        }
        return result;
    }

    private string String()
    {
        Expect('"');
        var result = new StringBuilder();
        while (!Take('"'))
        {
            var c = Next();
            result.Append(c == '\\' ? Escaped(Next()) : c);
        }
        return result.ToString();
    }

    private char Escaped(char c)
    {
        switch (c)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '"' or '\\' or '/':
                return c;
            case 'u'
                when _at + 4 <= _text.Length
                    && ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Unexpected();
        }
    }

    private double Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
            _at++;
        return double.TryParse(_text.Substring(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unexpected();
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            throw Unexpected();
        _at += word.Length;
        return value;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Unexpected();

    private char Next()
    {
        var c = Peek();
        _at++;
        return c;
    }

    private bool Take(char c)
    {
        if (Peek() != c)
            return false;
        _at++;
        return true;
    }

    private void Expect(char c)
    {
        if (!Take(c))
            throw Unexpected();
    }

    private FormatException Unexpected() => new($"not JSON at character {_at} of {_text.Length}");
}
