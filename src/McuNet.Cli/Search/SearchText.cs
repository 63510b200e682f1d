using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Search.Evolution;
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

    /// <param name="grown">The largest networks that fit, largest first.</param>
    public static void Print(SearchJob job, IReadOnlyCollection<Scored> grown)
    {
        var (file, options) = (job.File, job.Options);
        var schedules = file.Schedule == ScheduleChoice.Layers ? "layer by layer" : "all schedules";
        Line(
            $"{job.Space.Name} on {job.Device.Name}, seed {file.Seed}, {schedules}: {options.SramBudget:N0} bytes of SRAM, {options.FlashBudget:N0} of flash; nothing is trained"
        );
        Line($"the largest networks that fit, by an evolution of {file.Evolution.Generations} generations:");
        var table = new TextTable(">MACs", ">SRAM", ">flash", ">ms", "input", "schedule (layers per segment)", "scale");
        foreach (var candidate in grown.Select(s => s.Candidate))
        {
            var (r, a) = (candidate.Resources, candidate.Architecture);
            table.Add(
                Text($"{r.Macs:N0}"),
                Text($"{r.SramBytes:N0}"),
                Text($"{r.FlashBytes:N0}"),
                Text($"{r.LatencyMs:0.00}"),
                candidate.Input.ToString().ToLowerInvariant(),
                r.Schedule,
                Text($"w{a.Width:0.0##}-r{a.Resolution}")
            );
        }
        table.Print();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Exported(SearchJob job, JsonObject network)
    {
        var input =
            (string?)network["input"] == "rows"
                ? " Input=\"rows\"" + (job.File.Passes > 1 ? $" InputPasses=\"{job.File.Passes}\"" : "")
                : "";
        Line($"");
        Line($"<McuModel Include=\"{(string)network["file"]!}\" Device=\"{job.Device.Id}\"{input} />");
        Line($"  SRAM {Whole(network["sram"]):N0} bytes, flash {Whole(network["flash"]):N0}");
        if (network["accuracy"] is JsonObject accuracy)
            Line(
                $"  {(int)accuracy["samples"]!:N0} test images: float {Share(accuracy["float"])}, int8 {Share(accuracy["int8"])}, generated C {Share(accuracy["code"])} %; C agrees with ONNX Runtime on {Share(accuracy["codeAgreesWithInt8"])} %"
            );
    }

    /// <summary>A number that was not read from a text keeps the type that it was made with.</summary>
    private static long Whole(JsonNode? number) => long.Parse(number!.ToString(), CultureInfo.InvariantCulture);

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
