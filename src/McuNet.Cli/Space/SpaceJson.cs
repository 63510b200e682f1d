using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Diagnostics;
using McuNet.Search.PaperFigures;
using McuNet.Search.Study;

namespace McuNet.Cli.Space;

/// <summary>The object that <c>mcunet space --json</c> prints. Sizes are bytes, MACs are whole numbers.</summary>
internal static class SpaceJson
{
    public static JsonObject Of(SpaceStudy study, TenSpaces? published, IEnumerable<Diagnostic> diagnostics)
    {
        var json = new JsonObject
        {
            ["space"] = study.Space.Name,
            ["networksPerScale"] = study.Space.NetworksPerScale.ToString(),
            ["networks"] = study.Space.Networks.ToString(),
            ["sram"] = study.Options.SramBytes,
            ["flash"] = study.Options.FlashBytes,
            ["samples"] = study.Scales[0].Samples,
            ["seed"] = study.Seed,
            ["demanded"] = study.Options.Demanded,
            ["choice"] = study.Choice is { } choice ? Scale(choice) : null,
            ["ranking"] = new JsonArray([.. study.Ranking.Select(s => (JsonNode)s.Name)]),
            ["scales"] = new JsonArray([.. study.Scales.Select(s => (JsonNode)Scale(s))]),
        };
        if (published is not null)
            json["published"] = Table(published);
        json["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        return json;
    }

    private static JsonObject Scale(ScaleResult scale) =>
        new()
        {
            ["name"] = scale.Name,
            ["resolution"] = scale.Resolution,
            ["width"] = scale.Width,
            ["feasible"] = scale.Feasible,
            ["meanMacs"] = (long)scale.MeanMacs,
            ["macs20"] = scale.Percentile(20),
            ["macs80"] = scale.Percentile(80),
            ["leastSram"] = scale.LeastSram,
            ["leastFlash"] = scale.LeastFlash,
        };

    private static JsonObject Table(TenSpaces table) =>
        new()
        {
            ["memory"] = table.Memory,
            ["winner"] = table.Choice?.Name,
            ["common"] = table.Common,
            ["spearman"] = table.Spearman,
            ["meanError"] = table.MeanError,
            ["rows"] = new JsonArray([
                .. table.Rows.Select(r =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = r.Name,
                            ["published"] = r.Published,
                            ["ours"] = r.Ours,
                            ["feasible"] = r.Feasible,
                        }
                ),
            ]),
        };
}
