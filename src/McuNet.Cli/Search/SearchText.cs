using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Search.Reporting;
using McuNet.Search.Runs;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Search;

/// <summary>A finished search for people.</summary>
internal static class SearchText
{
    /// <param name="exported">What exporting gave, winner first; empty where nothing was exported.</param>
    public static void Print(SearchJob job, SearchOutcome outcome, JsonArray exported)
    {
        var (winner, resources) = (outcome.Winner, outcome.Winner.Candidate.Resources);
        Line(
            $"{job.Space.Name} on {job.Device.Name}, seed {job.File.Seed}: {outcome.Evolution.Length} networks scored; {outcome.Counts.Drawn:N0} drawn, {outcome.Counts.Infeasible:N0} of them did not fit, {outcome.Counts.Duplicates:N0} were there before"
        );
        var ranking =
            job.File.Method == SearchMethod.Largest
                ? "by multiply-accumulates alone"
                : FormattableString.Invariant($"ranking {outcome.Ranking.Spearman:0.00} (Spearman, gate {job.File.Rank.Gate:0.00})");
        Line(
            $"{ranking}, data {outcome.Dataset.Name}: {outcome.Dataset.Train:N0} training, {outcome.Dataset.Validation:N0} validation, {outcome.Dataset.Test:N0} test images"
        );
        Line($"");
        Line($"{"network", -32} {"score", 7} {"tuned", 13} {"test", 13} {"SRAM", 9} {"flash", 9} {"MACs", 11} {"ms", 8}  input");
        foreach (var contender in outcome.Rows)
            Row(outcome, contender);
        Line($"");
        Line($"{Contest.Verdict(outcome)}");
        if (Contest.Fastest(outcome) is { } fastest)
            Line($"{fastest}");
        Line($"schedule {resources.Schedule} (layers per segment), {winner.Candidate.Architecture.ToJson()}");
        if (resources.MacFactor > 1)
            Line($"bands    neighbouring bands of columns both compute their overlap: {100 * (resources.MacFactor - 1):0.0} % more MACs");
        Line($"files    {job.Folder}");
        foreach (var network in exported.OfType<JsonObject>())
            Exported(job, network);
    }

    private static void Exported(SearchJob job, JsonObject network)
    {
        var input =
            (string?)network["input"] == "rows"
                ? " Input=\"rows\"" + (job.File.Passes > 1 ? $" InputPasses=\"{job.File.Passes}\"" : "")
                : "";
        Line($"");
        Line($"<McuModel Include=\"{(string)network["file"]!}\" Device=\"{job.Device.Id}\"{input} />");
        Line($"  SRAM {(int)network["sram"]!:N0} bytes, flash {(int)network["flash"]!:N0}");
        if (network["accuracy"] is JsonObject accuracy)
            Line(
                $"  {(int)accuracy["samples"]!:N0} test images: float {Share(accuracy["float"])}, int8 {Share(accuracy["int8"])}, generated C {Share(accuracy["code"])} %; C agrees with ONNX Runtime on {Share(accuracy["codeAgreesWithInt8"])} %"
            );
    }

    private static string Share(JsonNode? share) => share is null ? "-" : Percent((double)share);

    private static void Row(SearchOutcome outcome, Contender contender)
    {
        var r = contender.Candidate.Resources;
        Line(
            $"{contender.Name, -32} {((contender.Validation ?? contender.Score) is { } score ? Percent(score) : "-"), 7} {outcome.Validated(contender), 13} {outcome.Tested(contender)?.ToString() ?? "-", 13} {r.SramBytes, 9:N0} {r.FlashBytes, 9:N0} {r.Macs, 11:N0} {r.LatencyMs, 8:0.00}  {contender.Candidate.Input.ToString().ToLowerInvariant()}"
        );
    }

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);
}
