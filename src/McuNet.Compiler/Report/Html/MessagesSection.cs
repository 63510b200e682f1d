using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>What the compiler found.</summary>
internal static class MessagesSection
{
    public static Markup? Print(ReportContent content) =>
        content.Model.Messages.IsEmpty
            ? null
            : Markup.Of(
                $"""
        <ul class="messages">
        {content.Model.Messages.OrderBy(m => m.Severity switch { "error" => 0, "warning" => 1, _ => 2 }).Select(m =>
            Markup.Of($"<li class=\"{m.Severity}\"><b>{m.Severity} {m.Id}</b> {m.Title}<br>{m.Message}</li>\n"))}</ul>

        """
            );
}
