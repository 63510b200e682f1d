using System.Linq;

namespace McuNet.Compiler.Report.Html;

/// <summary>What the compiler knows of the device.</summary>
internal static class DeviceSection
{
    public static Markup? Print(ReportContent content)
    {
        var device = content.Model.Device;
        var regions = device.Regions.Select(r =>
            Table.Row(-1, Table.Text(r.Name), Table.Text(r.Kind), Table.Number(r.Bytes), Table.Text(r.Use), Table.Text(r.Access))
        );
        return Markup.Of(
            $"""
            <dl class="facts">
            {device.Facts.Select(f => Markup.Of($"<dt>{f.Name}</dt><dd>{f.Value}</dd>\n"))}</dl>
            {Table.Open($"memory of {device.Name}", ["region", "kind", "#bytes", "used for", "access"], regions)}
            <details><summary>Where these numbers are from</summary>
            <ul>
            {device.Sources.Select(s => Markup.Of($"<li>{s}</li>\n"))}</ul></details>

            """
        );
    }
}
