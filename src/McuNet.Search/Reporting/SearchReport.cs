using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using McuNet.Search.Redistribution;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;

namespace McuNet.Search.Reporting;

/// <summary>A finished search as one HTML file without references to others.</summary>
public static class SearchReport
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1f2328; max-width: 880px; margin: 32px auto; padding: 0 16px; }
        h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 32px; }
        table { border-collapse: collapse; } th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid #d8dee4; }
        th:first-child, td:first-child { text-align: left; } tr.winner td { font-weight: 600; background: #ddf4ff; }
        svg text { font: 12px system-ui, sans-serif; fill: #1f2328; } .note { color: #59636e; } code { overflow-wrap: anywhere; }
        """;

    public static string Html(SearchJob job, SearchOutcome outcome)
    {
        var text = new StringBuilder();
        var title = Encoded($"{job.Space.Name} on {job.Device.Name}");
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Search: {title}</title><style>
            {Style}
            </style></head><body>
            <h1>Search: {title}</h1>
            <p>{Summary(job, outcome)}</p>

            """
        );
        text.Append("<h2>Search and baselines</h2>\n")
            .Append(
                CultureInfo.InvariantCulture,
                $"<p>{Encoded(Contest.Verdict(outcome))} {Encoded(Contest.Fastest(outcome) ?? string.Empty)}</p>\n"
            )
            .Append(Contenders(outcome));
        text.Append(
                "<p class=\"note\">Score: what the network was chosen by, accuracy with shared weights or as predicted. Tuned: after its own training, all with the same steps, on the validation images. Test: read once, at the end. After ± the standard error, over images and, of several trainings, over seeds. "
            )
            .Append(
                "The winner is the best tuned row. Found by search is the best tuned of the finalists below; each baseline is one network, the best of its kind by its score.</p>\n"
            );
        text.Append("<h2>Accuracy over SRAM</h2>\n").Append(AccuracyPlot.OverSram(outcome));
        text.Append(
            "<p class=\"note\">Blue: scored by evolution. Ochre: random search. Green: no network with less SRAM is as accurate. Squares: the rows of the table above, baselines by number.</p>\n"
        );
        text.Append("<h2>Accuracy over latency</h2>\n").Append(AccuracyPlot.OverLatency(outcome));
        text.Append("<h2>History</h2>\n")
            .Append(AccuracyPlot.History(outcome))
            .Append("<p class=\"note\">Blue: evolution. Ochre: random search.</p>\n");
        text.Append("<h2>Activations of the winner</h2>\n")
            .Append(ActivationPlot.Svg(job.Space, outcome.Winner.Candidate))
            .Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"note\">Bars: input, output and a block's input that is still to be added, whole, layer by layer: {ActivationPlot.Most(job.Space, outcome.Winner.Candidate.Architecture):N0} bytes at most; red where they exceed the arena of the schedule that was chosen.</p>\n"
            );
        text.Append("<h2>Layers of the winner</h2>\n").Append(Layers(job.Space, outcome.Winner.Candidate.Architecture));
        text.Append(Schedule(outcome.Winner)).Append(Patches(job, outcome.Winner.Candidate.Architecture));
        text.Append("<h2>Finalists of the search</h2>\n")
            .Append(
                Table(
                    ["", "score %", "tuned %", "SRAM", "flash", "MACs", "ms"],
                    outcome.Finalists.Select(
                        (f, i) =>
                            (
                                i == 0,
                                (string[])
                                    [
                                        f.Candidate.Hash,
                                        Percent(f.Validation ?? f.Score),
                                        outcome.Validated(f).ToString(),
                                        Number(f.Candidate.Resources.SramBytes),
                                        Number(f.Candidate.Resources.FlashBytes),
                                        Number(f.Candidate.Resources.Macs),
                                        Text($"{f.Candidate.Resources.LatencyMs:0.00}"),
                                    ]
                            )
                    )
                )
            );
        return text.Append("</body></html>\n").ToString().ReplaceLineEndings("\n");
    }

    private static string Summary(SearchJob job, SearchOutcome outcome)
    {
        var (file, counts, data) = (job.File, outcome.Counts, outcome.Dataset);
        var parts = new List<string>
        {
            Text($"Seed {file.Seed}. Budgets: {job.Options.SramBudget:N0} bytes of SRAM, {job.Options.FlashBudget:N0} bytes of flash"),
        };
        if (file.Budgets.LatencyMs is { } latency)
            parts[0] += Text($", {latency:0.##} ms");
        if (file.Budgets.EnergyMj is { } energy)
            parts[0] += Text($", {energy:0.###} mJ");
        parts[0] += Text($"; schedules: {Word(file.Objective)}, input {Word(file.Input)}.");
        parts.Add(
            Text($"Data: {Encoded(data.Name)}, {data.Train:N0} training, {data.Validation:N0} validation, {data.Test:N0} test images.")
        );
        var (tune, steps) = (file.FineTune, file.FineTune.Recipe(data.Train).Steps);
        parts.Add(
            Scores(file, data)
                + Text(
                    $" Networks of the contest are trained alone for {steps:N0} steps of {tune.Batch} images, {tune.Seeds} times each; trainer {Encoded(outcome.Trainer.Name)} on {Encoded(outcome.Trainer.Device ?? "unknown")}."
                )
        );
        parts.Add(
            Text(
                $"Evolution: {outcome.Evolution.Length} networks scored in {outcome.History.Length} generations (population {file.Evolution.Population}, {file.Evolution.Parents} parents, {file.Evolution.Crossovers} crossovers, {file.Evolution.Mutations} mutations); {counts.Drawn:N0} drawn, {counts.Infeasible:N0} did not fit, {counts.Duplicates:N0} were there before, {counts.Missing} places left empty."
            )
        );
        if (file.Method != SearchMethod.Largest)
            parts.Add(
                Text(
                    $"Ranking check: Spearman {outcome.Ranking.Spearman:0.00} over {outcome.Ranking.Scores.Length} networks, against {Reference(file)} (gate {file.Rank.Gate:0.00})."
                )
            );
        return string.Join("<br>\n", parts);
    }

    private static string Scores(SearchFile file, Training.DatasetSummary data) =>
        file.Method switch
        {
            SearchMethod.Supernet => Text(
                $"Supernet: {file.Train.LargestSteps:N0} steps of the largest network, {file.Train.RandomSteps:N0} of random ones, batch {file.Train.Batch}."
            ),
            SearchMethod.Predictor => Text(
                $"Predictor: {file.Predictor.Networks} networks from {100 * file.Predictor.Band:0} % of the budget on, each trained alone for {file.Predictor.Length.Of(data.Train, file.FineTune.Batch):N0} steps of {file.FineTune.Batch} images; ridge regression over their genes."
            ),
            _ => "Networks are chosen by their multiply-accumulates.",
        };

    private static string Reference(SearchFile file) =>
        file.Method == SearchMethod.Predictor ? "what a regression over the others predicts"
        : file.Rank.Against == RankReference.Macs ? "MACs"
        : "training alone";

    private static string Contenders(SearchOutcome outcome) =>
        Table(
            ["", "score %", "tuned %", "test %", "SRAM", "flash", "MACs", "ms", "input"],
            outcome.Rows.Select(
                (c, i) =>
                    (
                        c == outcome.Winner,
                        (string[])
                            [
                                i == 0 ? c.Name : $"{i} {c.Name}",
                                Percent(c.Validation ?? c.Score),
                                outcome.Validated(c).ToString(),
                                outcome.Tested(c)?.ToString() ?? "–",
                                Number(c.Candidate.Resources.SramBytes),
                                Number(c.Candidate.Resources.FlashBytes),
                                Number(c.Candidate.Resources.Macs),
                                Text($"{c.Candidate.Resources.LatencyMs:0.00}"),
                                Word(c.Candidate.Input),
                            ]
                    )
            )
        );

    private static string Layers(SearchSpace space, Architecture architecture) =>
        Table(
            ["layer", "input", "output", "kernel", "stride", "MACs", "weights"],
            NetworkLayer
                .Of(space, architecture)
                .Select(l =>
                    (
                        false,
                        (string[])
                            [
                                l.Name,
                                $"{l.InSide}x{l.InSide}x{l.InChannels}",
                                $"{l.OutSide}x{l.OutSide}x{l.OutChannels}",
                                Number(l.Kernel),
                                Number(l.Stride),
                                Number(l.Macs),
                                Number(l.Weights),
                            ]
                    )
                )
        );

    private static string Schedule(Contender winner)
    {
        var r = winner.Candidate.Resources;
        return Text(
            $"""
            <h2>Schedule of the winner</h2>
            <p>Layers per segment: <code>{Encoded(r.Schedule)}</code> (w: as one long row, b: a band of columns). Input {Word(
                winner.Candidate.Input
            )}; arena {r.ArenaBytes:N0} bytes, {r.MacFactor:0.000} of the network's MACs{(
                r.MacFactor > 1 ? " because neighbouring bands both compute their overlap" : ""
            )}, about {r.LatencyMs:0.00} ms.</p>
            <p><code>{Encoded(winner.Candidate.Architecture.ToJson())}</code></p>

            """
        );
    }

    private static string Patches(SearchJob job, Architecture architecture)
    {
        var field = ReceptiveField.Of(job.Space, architecture);
        var text = new StringBuilder("<h2>Receptive field and halo</h2>\n");
        if (
            PatchStage.Of(job.Space, architecture) is not { } stage
            || new Redistributor(job.Space, stage) is var tool && tool.Describe(architecture) is not { } now
        )
            return text.Append(
                    CultureInfo.InvariantCulture,
                    $"<p>Receptive field {field} rows of the image. The network is too small for patches.</p>\n"
                )
                .ToString();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<p>If the part before stage {stage.Stage}, block {stage.Blocks} ran in {stage.Patches} x {stage.Patches} patches; the rows below move kernels and blocks out of that part (redistribution).</p>\n"
        );
        return text.Append(
                Table(
                    ["", "receptive field", "patch side", "stage MACs", "halo MACs", "network MACs with halo"],
                    tool.Propose(architecture)
                        .Prepend(now)
                        .Select(
                            (d, i) =>
                                (
                                    i == 0,
                                    (string[])
                                        [
                                            i == 0 ? "winner" : $"redistributed {i}",
                                            Number(d.ReceptiveField),
                                            Number(d.Geometry.Side),
                                            Number(d.Geometry.StageMacs),
                                            Number(d.HaloMacs),
                                            Number(d.Macs),
                                        ]
                                )
                        )
                )
            )
            .ToString();
    }

    private static string Table(string[] head, IEnumerable<(bool Marked, string[] Cells)> rows)
    {
        var text = new StringBuilder("<table><tr>").AppendJoin("", head.Select(h => $"<th>{h}</th>")).Append("</tr>\n");
        foreach (var (marked, cells) in rows)
            text.Append(marked ? "<tr class=\"winner\">" : "<tr>")
                .AppendJoin("", cells.Select(c => $"<td>{Encoded(c)}</td>"))
                .Append("</tr>\n");
        return text.Append("</table>\n").ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Percent(double? share) => share is { } known ? Text($"{100 * known:0.00}") : "–";

    private static string Number(long value) => Text($"{value:N0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
