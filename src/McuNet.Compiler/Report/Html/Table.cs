using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>A table of numbers and texts. Wide ones scroll by themselves.</summary>
internal static class Table
{
    public static Markup Text(string? text) => Markup.Of($"<td>{text}</td>");

    public static Markup Number(long value) => Markup.Of($"<td class=\"n\">{value:N0}</td>");

    public static Markup Number(double? value, string format = "N2") =>
        value is { } number ? Markup.Of($"<td class=\"n\">{Plain(number, format)}</td>") : Markup.Of($"<td></td>");

    public static Markup Number(long? value) => value is { } number ? Number(number) : Markup.Of($"<td></td>");

    /// <param name="operator">Index of the operator that it is about: marked together with it elsewhere; -1 for none.</param>
    public static Markup Row(int @operator, params IEnumerable<Markup> cells) =>
        @operator < 0 ? Markup.Of($"<tr>{cells}</tr>\n") : Markup.Of($"<tr data-op=\"{@operator}\">{cells}</tr>\n");

    /// <param name="heads">A head that begins with # stands over numbers.</param>
    public static Markup Open(string caption, IEnumerable<string> heads, IEnumerable<Markup> rows) =>
        Markup.Of(
            $"""
            <div class="scroll" tabindex="0" role="group" aria-label="{caption}"><table><caption>{caption}</caption>
            <thead><tr>{heads.Select(Head)}</tr></thead><tbody>
            {rows}</tbody></table></div>

            """
        );

    /// <summary>Closed until somebody opens it.</summary>
    public static Markup Folded(string caption, IEnumerable<string> heads, IEnumerable<Markup> rows) =>
        Markup.Of($"<details class=\"data\"><summary>Table: {caption}</summary>\n{Open(caption, heads, rows)}</details>\n");

    private static Markup Head(string head) =>
        head.StartsWith('#') ? Markup.Of($"<th scope=\"col\" class=\"n\">{head[1..]}</th>") : Markup.Of($"<th scope=\"col\">{head}</th>");

    private static string Plain(double value, string format) => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
