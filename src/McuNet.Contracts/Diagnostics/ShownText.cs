using System.Globalization;
using System.Text;

namespace McuNet.Diagnostics;

/// <summary>
/// Text from files as it may be shown: on one line, without control characters, and without characters that change the direction of text or
/// cannot be seen. Names are bounded too.
/// </summary>
public static class ShownText
{
    private const int Longest = 120;
    private const int Head = 80;
    private const string Gap = "...";

    /// <summary>A name of a model: escaped, its middle left out where it is longer than 120 characters.</summary>
    public static string Name(string name)
    {
        var shown = Escape(name.Length > 2 * Longest ? name.Substring(0, Longest) + name.Substring(name.Length - Longest) : name);
        return shown.Length <= Longest && name.Length <= 2 * Longest
            ? shown
            : shown.Substring(0, Head) + Gap + shown.Substring(shown.Length - (Longest - Head - Gap.Length));
    }

    /// <summary>The text with what must not be shown written as \n, \r, \t and \uXXXX.</summary>
    public static string Escape(string text)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPlain(text, i))
            {
                escaped?.Append(text[i]);
                continue;
            }

            escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
            escaped.Append(
                text[i] switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    var c => $"\\u{(int)c:x4}",
                }
            );
        }

        return escaped?.ToString() ?? text;
    }

    private static bool IsPlain(string text, int i)
    {
        var c = text[i];
        if (char.IsHighSurrogate(c))
            return i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, i));
        if (char.IsLowSurrogate(c))
            return i > 0 && char.IsHighSurrogate(text[i - 1]) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, i - 1));
        return IsVisible(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    private static bool IsVisible(UnicodeCategory category) =>
        category
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
