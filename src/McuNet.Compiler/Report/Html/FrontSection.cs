using System;
using static System.FormattableString;

namespace McuNet.Compiler.Report.Html;

/// <summary>Which schedules there are, and which was taken.</summary>
internal static class FrontSection
{
    public static Markup? Print(ReportContent content)
    {
        var (model, figures) = (content.Model, content.Model.Figures);
        var taken = Invariant($"{figures.Arena:N0} bytes of arena and {figures.LatencyMs:0.###} ms");
        return Markup.Of(
            $"""
            <p>None of these schedules is both faster and smaller than another, by the prices of the search.
            The one that was taken needs {taken}: it is planned with more effort, and may keep constants in bytes that it leaves unused.</p>
            {FrontChart.Of(model, null)}
            """
        );
    }
}
