using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Search.Evolution;
using McuNet.Search.Runs;

namespace McuNet.Search.Reporting;

/// <summary>The result of a search as JSON: for <c>search.json</c> and <c>--json</c>.</summary>
public static class OutcomeJson
{
    public static JsonObject Of(SearchJob job, SearchOutcome outcome) =>
        new(Asked(job))
        {
            ["spearman"] = outcome.Ranking.Spearman,
            ["evaluations"] = outcome.Evolution.Length,
            ["draws"] = new JsonObject
            {
                ["drawn"] = outcome.Counts.Drawn,
                ["duplicates"] = outcome.Counts.Duplicates,
                ["infeasible"] = outcome.Counts.Infeasible,
                ["missing"] = outcome.Counts.Missing,
            },
            ["winner"] = Of(outcome, outcome.Winner),
            ["verdict"] = Contest.Verdict(outcome),
            ["fastestAsGood"] = outcome.FastestAsGood is var (fastest, _) ? Of(outcome, fastest) : null,
            ["found"] = Of(outcome, outcome.Found),
            ["finalists"] = new JsonArray([.. outcome.Finalists.Select(c => Of(outcome, c))]),
            ["baselines"] = new JsonArray([.. outcome.Baselines.Select(c => Of(outcome, c))]),
            ["history"] = new JsonArray([
                .. outcome.History.Select(h => new JsonObject
                {
                    ["generation"] = h.Generation,
                    ["evaluations"] = h.Evaluations,
                    ["best"] = h.Best,
                }),
            ]),
        };

    /// <summary>Networks that were not trained, for <c>--dry-run</c>.</summary>
    public static JsonObject Of(SearchJob job, IEnumerable<Scored> grown) =>
        new(Asked(job)) { ["largest"] = new JsonArray([.. grown.Select(s => new JsonObject(Of(s.Candidate)))]) };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Asked(SearchJob job) =>
        [
            new("space", job.Space.Name),
            new("device", job.Device.Id),
            new("seed", job.File.Seed),
            new("method", job.File.Method.ToString().ToLowerInvariant()),
            new("schedule", job.File.Schedule.ToString().ToLowerInvariant()),
            new(
                "budgets",
                new JsonObject
                {
                    ["sram"] = job.Options.SramBudget,
                    ["flash"] = job.Options.FlashBudget,
                    ["latencyMs"] = job.File.Budgets.LatencyMs,
                    ["energyMj"] = job.File.Budgets.EnergyMj,
                }
            ),
        ];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Of(Candidate candidate)
    {
        var resources = candidate.Resources;
        return
        [
            new("sram", resources.SramBytes),
            new("arena", resources.ArenaBytes),
            new("flash", resources.FlashBytes),
            new("macs", resources.Macs),
            new("macFactor", resources.MacFactor),
            new("latencyMs", resources.LatencyMs),
            new("energyMj", resources.EnergyMj),
            new("input", candidate.Input.ToString().ToLowerInvariant()),
            new("schedule", resources.Schedule),
            new("hash", candidate.Hash),
            new("architecture", JsonNode.Parse(candidate.Architecture.ToJson())),
        ];
    }

    private static JsonNode Of(SearchOutcome outcome, Contender contender)
    {
        var json = new JsonObject
        {
            ["name"] = contender.Name,
            ["accuracy"] = new JsonObject
            {
                ["supernet"] = contender.Score,
                ["validation"] = contender.Validation,
                ["fineTuned"] = contender.FineTuned,
                ["fineTunedError"] = outcome.Validated(contender).StandardError,
                ["test"] = contender.Test,
                ["testError"] = outcome.Tested(contender)?.StandardError,
            },
            ["runs"] = new JsonArray([
                .. contender.Runs.Select(r => new JsonObject
                {
                    ["weights"] = r.Weights,
                    ["validation"] = r.Validation,
                    ["test"] = r.Test,
                }),
            ]),
        };
        foreach (var (name, value) in Of(contender.Candidate))
            json[name] = value;
        json["weights"] = contender.Weights;
        return json;
    }
}
