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
    /// <summary>The last judge's study under the largest budgets; the first judge's <c>layerByLayer</c> beside it where there are two, and
    /// all choices in <c>grid</c>.</summary>
    public static JsonObject Of(SpaceGrid grid, TenSpaces? published, IEnumerable<Diagnostic> diagnostics)
    {
        var study = grid.Last;
        var json = new JsonObject
        {
            ["space"] = study.Space.Name,
            ["networksPerScale"] = study.Space.NetworksPerScale.ToString(),
            ["networks"] = study.Space.Networks.ToString(),
            ["sram"] = study.Options.SramBytes,
            ["flash"] = study.Options.FlashBytes,
            ["latencyMs"] = study.Options.LatencyMs,
            ["energyMj"] = study.Options.EnergyMj,
            ["samples"] = study.Scales[0].Samples,
            ["seed"] = study.Seed,
            ["demanded"] = study.Options.Demanded,
        };
        Add(json, study);
        if (grid.Judges.Length > 1)
            Add((JsonObject)(json["layerByLayer"] = new JsonObject()), grid.Judges[0].Studies[^1]);
        json["grid"] = new JsonArray([.. grid.Sram.SelectMany((_, s) => grid.Flash.Select((_, f) => (JsonNode)Cell(grid, s, f)))]);
        if (published is not null)
            json["published"] = Table(published);
        json["diagnostics"] = CompilationJson.Diagnostics(diagnostics);
        return json;
    }

    private static void Add(JsonObject json, SpaceStudy study)
    {
        json["choice"] = study.Choice is { } choice ? Scale(choice) : null;
        json["ranking"] = new JsonArray([.. study.Ranking.Select(s => (JsonNode)s.Name)]);
        json["scales"] = new JsonArray([.. study.Scales.Select(s => (JsonNode)Scale(s))]);
    }

    private static JsonObject Cell(SpaceGrid grid, int sram, int flash) =>
        new()
        {
            ["sram"] = grid.Sram[sram],
            ["flash"] = grid.Flash[flash],
            ["choices"] = new JsonArray([
                .. grid.Judges.Select(
                    (judge, j) =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["judge"] = judge.Judge,
                                ["name"] = grid.At(j, sram, flash).Choice?.Name,
                                ["meanMacs"] = grid.At(j, sram, flash).Choice is { } choice ? (long)choice.MeanMacs : null,
                            }
                ),
            ]),
            ["gain"] = grid.Gain(sram, flash),
        };

    private static JsonObject Scale(ScaleResult scale) =>
        new()
        {
            ["name"] = scale.Name,
            ["resolution"] = scale.Resolution,
            ["width"] = scale.Width,
            ["feasible"] = scale.Feasible,
            ["meanMacs"] = (long)scale.MeanMacs,
            ["standardError"] = (long?)scale.ErrorOfMean,
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
