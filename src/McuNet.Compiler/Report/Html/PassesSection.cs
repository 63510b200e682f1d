using System;
using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>The network after the import and after every pass, with what the pass took away, brought and changed: the debugger of the
/// passes.</summary>
internal static class PassesSection
{
    public static Markup? Print(ReportContent content) =>
        content.Drawing.Passes.IsEmpty
            ? null
            : Markup.Of(
                $"""
                <p>Each pass rewrites the network and keeps what it computes. <ins>+</ins> came, <del>-</del> went, ~ has other constants or attributes.</p>
                {Table.Open(
                    "nodes by pass",
                    ["pass", "#nodes after it", "#came", "#went", "#changed inside", "why it is there"],
                    content.Drawing.Passes.Select(Row)
                )}
                {content.Drawing.Passes.Where(p => !p.Lines.IsEmpty).Select(Listing)}
                """
            );

    private static Markup Row(DrawnPass pass) =>
        Table.Row(
            -1,
            Table.Text(pass.Name),
            Table.Number(pass.Nodes),
            Table.Number(Count(pass, Change.Added)),
            Table.Number(Count(pass, Change.Removed)),
            Table.Number(Count(pass, Change.Inside)),
            Table.Text(pass.Reason)
        );

    private static long Count(DrawnPass pass, Change change) => pass.Lines.Count(l => l.Change == change);

    private static Markup Listing(DrawnPass pass)
    {
        var counts = string.Join(", ", Counts(pass));
        return Markup.Of(
            $"""
            <details class="pass"><summary><b>{pass.Name}</b>: {pass.Nodes} nodes{(counts.Length > 0 ? $", {counts}" : "")}</summary>
            <pre class="scroll" tabindex="0" role="group" aria-label="The network after {pass.Name}">{pass.Lines.Select(
                Line
            )}</pre></details>

            """
        );
    }

    private static IEnumerable<string> Counts(DrawnPass pass)
    {
        foreach (var (change, word) in new[] { (Change.Added, "came"), (Change.Removed, "went"), (Change.Inside, "changed inside") })
        {
            if (Count(pass, change) is > 0 and var count)
                yield return Invariant($"{count} {word}");
        }
    }

    private static Markup Line(DrawnLine line) =>
        line.Change switch
        {
            Change.Added => Markup.Of($"<ins>+ {line.Statement}  // {line.Node}</ins>\n"),
            Change.Removed => Markup.Of($"<del>- {line.Statement}  // {line.Node}</del>\n"),
            Change.Inside => Markup.Of($"<b>~ {line.Statement}  // {line.Node}</b>\n"),
            _ => Markup.Of($"  {line.Statement}  // {line.Node}\n"),
        };
}
