using System;
using System.Globalization;
using System.Linq;
using McuNet.Search.PaperFigures;
using McuNet.Search.Study;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Space;

/// <summary>A study of a search space for people.</summary>
internal static class SpaceText
{
    private const int Shown = 10;

    public static void Print(SpaceStudy study, string judge, TenSpaces? published)
    {
        var (space, options) = (study.Space, study.Options);
        Line(
            $"{space.Name}: {study.Scales.Length} scales, {space.Networks:E1} networks; {study.Scales[0].Samples} random ones per scale, seed {study.Seed}"
        );
        Line($"judged by {judge}: {options.SramBytes:N0} bytes of SRAM, {options.FlashBytes:N0} of flash");
        Line($"{"scale", -12}{"fit", 8}{"mean MMACs", 12}{"20 %", 8}{"80 %", 8}");
        foreach (var s in study.Ranking.Take(Shown))
            Line(
                $"{s.Name, -12}{100 * s.Feasible, 6:0.0} %{s.MeanMacs / 1e6, 12:0.0}{s.Percentile(20) / 1e6, 8:0.0}{s.Percentile(80) / 1e6, 8:0.0}{(s == study.Choice ? "  <- choice" : "")}"
            );
        Line(
            $"{study.Scales.Count(s => s.Feasible >= options.Demanded)} of {study.Scales.Length} scales have at least {100 * options.Demanded:0.#} % of networks that fit"
        );
        if (published is not null)
            Print(published);
    }

    private static void Print(TenSpaces table)
    {
        Line($"");
        Line($"MCUNet's published table, 320 kB / 1 MB (read as: {table.Memory})");
        Line($"{"scale", -12}{"published", 10}{"ours", 8}{"error", 9}");
        foreach (var row in table.Rows)
            Line(
                $"{row.Name, -12}{row.Published, 10:0.0}{(row.Ours is { } ours ? ours.ToString("0.0", CultureInfo.InvariantCulture) : "-"), 8}{(row.Ours is { } o ? (100 * (o - row.Published) / row.Published).ToString("+0;-0", CultureInfo.InvariantCulture) + " %" : $"{100 * row.Feasible:0.#} % fit"), 9}"
            );
        Line(
            $"winner {table.Choice?.Name ?? "none"} ({table.Choice?.MeanMacs / 1e6:0.0}); {table.Common} of the ten among our ten; Spearman {table.Spearman:0.00}, mean error {100 * table.MeanError:0} % over the rows compared"
        );
    }
}
