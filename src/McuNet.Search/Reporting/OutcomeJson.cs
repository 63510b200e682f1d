using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Search.Runs;

namespace McuNet.Search.Reporting;

/// <summary>The result of a search as JSON: for <c>search.json</c> and <c>--json</c>.</summary>
public static class OutcomeJson
{
    public static JsonObject Of(SearchJob job, SearchOutcome outcome) =>
        new()
        {
            ["space"] = job.Space.Name,
            ["device"] = job.Device.Id,
            ["seed"] = job.File.Seed,
            ["method"] = job.File.Method.ToString().ToLowerInvariant(),
            ["schedule"] = job.File.Schedule.ToString().ToLowerInvariant(),
            ["budgets"] = new JsonObject
            {
                ["sram"] = job.Options.SramBudget,
                ["flash"] = job.Options.FlashBudget,
                ["latencyMs"] = job.File.Budgets.LatencyMs,
                ["energyMj"] = job.File.Budgets.EnergyMj,
            },
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

    private static JsonNode Of(SearchOutcome outcome, Contender contender)
    {
        var (architecture, resources) = (contender.Candidate.Architecture, contender.Candidate.Resources);
        return new JsonObject
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
            ["sram"] = resources.SramBytes,
            ["arena"] = resources.ArenaBytes,
            ["flash"] = resources.FlashBytes,
            ["macs"] = resources.Macs,
            ["macFactor"] = resources.MacFactor,
            ["latencyMs"] = resources.LatencyMs,
            ["energyMj"] = resources.EnergyMj,
            ["input"] = contender.Candidate.Input.ToString().ToLowerInvariant(),
            ["schedule"] = resources.Schedule,
            ["hash"] = contender.Candidate.Hash,
            ["architecture"] = JsonNode.Parse(architecture.ToJson()),
            ["weights"] = contender.Weights,
        };
    }
}
