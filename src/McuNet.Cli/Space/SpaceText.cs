using System;
using System.Globalization;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;
using McuNet.Search.Study;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Space;

/// <summary>A study of a search space for people.</summary>
internal static class SpaceText
{
    private const int Shown = 10;

    public static void Print(SpaceGrid grid, TenSpaces? published)
    {
        var (study, space) = (grid.Last, grid.Last.Space);
        Line(
            $"{space.Name}: {study.Scales.Length} scales, {SearchSpace.Words(space.Networks)} networks; {study.Scales[0].Samples} random ones per scale, seed {study.Seed}"
        );
        foreach (var judge in grid.Judges)
            Line($"judged by {judge.Judge}{StudyReport.Limits(study.Options)}");
        if (grid.IsOneBudget)
            PrintScales(grid);
        else
            PrintGrid(grid);
        if (published is not null)
            Print(published);
    }

    /// <summary>The best scales of the last judge, with what the first says of each.</summary>
    private static void PrintScales(SpaceGrid grid)
    {
        var (study, isBoth) = (grid.Last, grid.Judges.Length > 1);
        var options = study.Options;
        Line($"{options.SramBytes:N0} bytes of SRAM, {options.FlashBytes:N0} of flash");
        var table = new TextTable([
            "scale",
            .. isBoth ? [">" + grid.Judges[0].Short, ">mean MMACs", ">" + grid.Judges[1].Short] : (string[])[">fit"],
            ">mean MMACs",
            ">20 %",
            ">80 %",
            "",
        ]);
        foreach (var s in study.Ranking.Take(Shown))
        {
            var first = grid.At(0, 0, 0).Scales.First(other => other.Name == s.Name);
            table.Add([
                s.Name,
                .. isBoth ? [Fit(first), Mean(first)] : (string[])[],
                Fit(s),
                Mean(s),
                ScaleResult.Millions(s.Percentile(20)),
                ScaleResult.Millions(s.Percentile(80)),
                s == study.Choice ? "<- choice" : "",
            ]);
        }
        table.Print();
        for (var j = 0; j < grid.Judges.Length; j++)
            Line(
                $"{grid.At(j, 0, 0).Scales.Count(s => s.Feasible >= options.Demanded)} of {study.Scales.Length} scales have at least {100 * options.Demanded:0.#} % of networks that fit{(isBoth ? ", " + grid.Judges[j].Short : "")}"
            );
        if (grid.Verdict(0, 0) is { } verdict)
            Line($"{verdict}");
    }

    /// <summary>Flash by SRAM: the choice of each judge, and how many times as much the last one's has.</summary>
    private static void PrintGrid(SpaceGrid grid)
    {
        for (var j = 0; j < grid.Judges.Length; j++)
        {
            var judge = j;
            Table(
                grid.Judges[j].Short is { Length: > 0 } name
                    ? $"choice, {name}: mean MMACs of the networks that fit"
                    : "choice: mean MMACs",
                (s, f) => grid.At(judge, s, f).Choice is { } c ? $"{c.Name} {ScaleResult.Millions(c.MeanMacs)}" : "none"
            );
        }
        if (grid.Judges.Length > 1)
            Table("how many times as much", (s, f) => grid.Gain(s, f) is { } gain ? Text($"{gain:0.00}") : "-");

        void Table(string title, Func<int, int, string> cell)
        {
            Line($"");
            Line($"{title}");
            var table = new TextTable(["flash \\ SRAM", .. grid.Sram.Select(s => Text($">{s:N0}"))]);
            for (var f = 0; f < grid.Flash.Length; f++)
            {
                var flash = f;
                table.Add([Text($"{grid.Flash[f]:N0}"), .. grid.Sram.Select((_, s) => cell(s, flash))]);
            }
            table.Print();
        }
    }

    private static string Fit(ScaleResult scale) => Text($"{100 * scale.Feasible:0.0} %");

    private static string Mean(ScaleResult scale) =>
        scale.Macs.IsEmpty ? "-"
        : scale.ErrorOfMean is { } error ? $"{ScaleResult.Millions(scale.MeanMacs)} ± {Error(scale.MeanMacs, error)}"
        : ScaleResult.Millions(scale.MeanMacs);

    /// <summary>With as many digits as its mean.</summary>
    private static string Error(double mean, double error) =>
        (error / 1e6).ToString(mean < 1e6 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Print(TenSpaces table)
    {
        Line($"");
        Line($"MCUNet's published table, 320 kB / 1 MB (read as: {table.Memory})");
        Line($"{"scale", -12}{"published", 10}{"ours", 8}{"error", 11}");
        foreach (var row in table.Rows)
            Line(
                $"{row.Name, -12}{row.Published, 10:0.0}{(row.Ours is { } ours ? ours.ToString("0.0", CultureInfo.InvariantCulture) : "-"), 8}{(row.Ours is { } o ? Math.Round(100 * (o - row.Published) / row.Published).ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %" : $"{100 * row.Feasible:0.#} % fit"), 11}"
            );
        Line(
            $"winner {table.Choice?.Name ?? "none"} ({table.Choice?.MeanMacs / 1e6:0.0}); {table.Common} of the ten among our ten; Spearman {table.Spearman:0.00}, mean error {100 * table.MeanError:0} % over the rows compared"
        );
    }
}
