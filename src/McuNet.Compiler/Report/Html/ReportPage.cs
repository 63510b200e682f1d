using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>A part of a page.</summary>
/// <param name="Id">By which links find it.</param>
/// <param name="Print">Null where there is nothing to say.</param>
public sealed record ReportSection(string Id, string Title, Func<ReportContent, Markup?> Print);

/// <summary>A report as one HTML file that asks nothing of a network.</summary>
public static class ReportPage
{
    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<ReportSection> Sections { get; } =
    [
        new("diagnostics", "Diagnostics", MessagesSection.Print),
        new("comparison", "Comparison", ComparisonSection.Print),
        new("memory", "Memory by operator", OperatorSections.Memory),
        new("arena", "Arena over time", c => ArenaChart.Of(c.Model, c.Drawing)),
        new("schedule", "Network and schedule", c => ScheduleChart.Of(c.Model, c.Drawing)),
        new("front", "Memory against time", FrontSection.Print),
        new("cycles", "Cycles by operator", OperatorSections.Cycles),
        new("flash", "Flash by operator", OperatorSections.Flash),
        new("tensors", "Quantisation and places of tensors", TensorSection.Print),
        new("accuracy", "Accuracy", AccuracySection.Print),
        new("passes", "The network after every pass", PassesSection.Print),
        new("devices", "Which device", FitSection.Print),
        new("device", "Device", DeviceSection.Print),
    ];

    internal static Markup Style { get; } = Resource("report.css");

    public static string Html(ReportContent content)
    {
        var model = content.Model;
        var parts = Sections.Select(s => (s.Id, s.Title, Content: s.Print(content))).Where(p => p.Content is not null).ToArray();
        var title = $"{model.Name} on {model.Device.Name}";
        return Markup
            .Of(
                $"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
                <title>{title}</title>
                <style>
                {Style}</style>
                </head>
                <body>
                <header>
                <h1>{title}</h1>
                {SummarySection.Print(model)}</header>
                <nav aria-label="Sections"><ul>
                {parts.Select(p => Markup.Of($"<li><a href=\"#{p.Id}\">{p.Title}</a></li>\n"))}</ul></nav>
                <main>
                {parts.Select(p => Section(p.Id, p.Title, p.Content!.Value))}</main>
                <footer><p>Written by mcunet, the compiler of McuNet.Build. Times and energy are estimates.</p></footer>
                {ReportJson.Element(model)}<script>
                {Resource("report.js")}</script>
                </body>
                </html>

                """
            )
            .Text;
    }

    private static Markup Section(string id, string title, Markup content) =>
        Markup.Of(
            $"""
            <section id="{id}" aria-labelledby="{id}-title">
            <h2 id="{id}-title">{title}</h2>
            {content}</section>

            """
        );

    private static Markup Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream($"report/{name}")!);
        return Markup.Trusted(reader.ReadToEnd());
    }
}
