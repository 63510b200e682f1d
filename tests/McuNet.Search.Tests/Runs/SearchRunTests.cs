using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Search.Reporting;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Runs;

/// <summary>Whole searches with the fake trainer.</summary>
public sealed class SearchRunTests : IDisposable
{
    private readonly SearchWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Run_ToTheEnd_FindsANetworkWithinTheBudgetsAndItsBaselines()
    {
        var job = _workspace.Job("out");

        var outcome = (await SearchWorkspace.Run(job, resume: false)).Value;

        Assert.Equal(18 - outcome.Counts.Missing, outcome.Evolution.Length);
        Assert.Equal(outcome.Evolution.Length, outcome.Random.Length);
        Assert.All(
            outcome.Evolution.Concat(outcome.Random).Select(s => s.Candidate).Concat(outcome.Baselines.Select(b => b.Candidate)),
            c =>
            {
                Assert.InRange(c.Resources.SramBytes, 1, job.Options.SramBudget);
                Assert.InRange(c.Resources.FlashBytes, 1, job.Options.FlashBudget);
                Assert.Null(Membership.WhyNot(job.Space, c.Architecture));
            }
        );
        Assert.Equal(
            ["MobileNetV2-style scaling", "best uniform", "random search, equal evaluations", "largest that fits"],
            outcome.Baselines.Select(b => b.Name)
        );
        Assert.All(outcome.Rows, c => Assert.NotNull(c.Test));
        Assert.All(outcome.Finalists[1..], f => Assert.Null(f.Test));
        Assert.Equal(outcome.Finalists.Max(f => f.FineTuned), outcome.Found.FineTuned);
        Assert.Equal(outcome.Finalists.Concat(outcome.Baselines).Max(c => c.FineTuned), outcome.Winner.FineTuned);
        Assert.Equal(outcome.History.Select(h => h.Best).Order(), outcome.History.Select(h => h.Best));
        Assert.True(outcome.Baselines[3].Candidate.Resources.Macs >= outcome.Evolution.Max(s => s.Candidate.Resources.Macs));
        var report = SearchReport.Html(job, outcome);
        Assert.Contains("<svg", report, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(Contest.Verdict(outcome)), report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ByPredictor_LearnsFromNetworksNearTheBudget_AndResumesToTheSameResult()
    {
        (string, string)[] changes =
        [
            (
                "\"train\": { \"largest\": 40, \"random\": 60 },",
                "\"method\": \"predictor\", \"predictor\": { \"networks\": 12, \"steps\": 100 },"
            ),
            ("\"top\": 2", "\"top\": 2, \"seeds\": 3, \"distillation\": 0.5"),
        ];
        var job = _workspace.Job("predicted", changes);
        var outcome = (await SearchWorkspace.Run(job, resume: false)).Value;

        Assert.Equal(12, outcome.Ranking.Scores.Length);
        Assert.InRange(outcome.Ranking.Spearman, 0.3, 1);
        Assert.All(outcome.Rows, r => Assert.Equal(3, r.Runs.Length));
        Assert.All(outcome.Rows, r => Assert.All(r.Runs, run => Assert.NotNull(run.Test)));
        Assert.All(outcome.Rows, r => Assert.Null(r.Validation));
        Assert.Equal(2, outcome.Finalists.Length);
        var log = File.ReadAllLines(job.LogPath);
        Assert.Equal(12, log.Count(l => l.Contains("\"alone/", StringComparison.Ordinal)));
        Assert.DoesNotContain(log, l => l.Contains("\"supernet/", StringComparison.Ordinal));
        Assert.Contains("<svg", SearchReport.Html(job, outcome), StringComparison.Ordinal);

        var cut = _workspace.Job("cut", changes);
        Directory.CreateDirectory(cut.Folder);
        File.Copy(Path.Combine(job.Folder, "search.json"), Path.Combine(cut.Folder, "search.json"));
        File.WriteAllLines(cut.LogPath, log[..7]);
        var resumed = (await SearchWorkspace.Run(cut, resume: true)).Value;
        Assert.Equal(SearchWorkspace.Json(job, outcome), SearchWorkspace.Json(cut, resumed));
    }

    [Theory]
    [InlineData("layers")]
    [InlineData("all")]
    public async Task Run_ByLargest_TrainsTheNetworkWithTheMostWork(string schedule)
    {
        var job = _workspace.Job(
            "largest",
            ("\"train\": { \"largest\": 40, \"random\": 60 },", $"\"method\": \"largest\", \"schedule\": \"{schedule}\",")
        );
        var outcome = (await SearchWorkspace.Run(job, resume: false)).Value;

        Assert.Equal(
            ["MobileNetV2-style scaling", "best uniform", "random search, equal evaluations"],
            outcome.Baselines.Select(b => b.Name)
        );
        Assert.All(
            outcome.Finalists,
            f => Assert.True(f.Candidate.Resources.Macs >= outcome.Baselines.Max(b => b.Candidate.Resources.Macs))
        );
        Assert.All(outcome.Rows, r => Assert.Null(r.Score));
        if (schedule == "layers")
            Assert.All(
                outcome.Rows,
                r =>
                    Assert.All(
                        r.Candidate.Resources.Schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                        s => Assert.DoesNotContain("b", s, StringComparison.Ordinal)
                    )
            );
        else
            Assert.Contains(
                "Networks are chosen by their multiply-accumulates.",
                SearchReport.Html(job, outcome),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Run_FromBothStarts_KeepsTheBetterOne()
    {
        var job = _workspace.Job("both", ("\"top\": 2", "\"top\": 2, \"from\": \"both\""));
        var outcome = (await SearchWorkspace.Run(job, resume: false)).Value;

        var log = File.ReadAllLines(job.LogPath).Where(l => l.Contains("\"finetune/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2 * log.Count(l => l.Contains("/random\"", StringComparison.Ordinal)), log.Length);
        Assert.All(outcome.Rows, r => Assert.Contains("supernet", Assert.Single(r.Runs).Weights, StringComparison.Ordinal));
    }

    /// <summary>A kill leaves the lines that were written, and maybe a part of the next.</summary>
    [Fact]
    public async Task Resume_AfterAKillAnywhere_GivesTheSameResult()
    {
        var whole = _workspace.Job("whole");
        var expected = SearchWorkspace.Json(whole, (await SearchWorkspace.Run(whole, resume: false)).Value);
        var log = File.ReadAllBytes(whole.LogPath);

        foreach (var share in new[] { 0.02, 0.3, 0.66, 0.97 })
        {
            var job = _workspace.Job(FormattableString.Invariant($"cut-{share}"));
            Directory.CreateDirectory(job.Folder);
            File.Copy(Path.Combine(whole.Folder, "search.json"), Path.Combine(job.Folder, "search.json"));
            File.WriteAllBytes(job.LogPath, log[..(int)(share * log.Length)]);

            var resumed = (await SearchWorkspace.Run(job, resume: true)).Value;

            Assert.Equal(expected, SearchWorkspace.Json(job, resumed));
            Assert.Equal(log, File.ReadAllBytes(job.LogPath));
        }
    }

    [Theory]
    [InlineData("\"method\": \"predictor\", \"predictor\": { \"networks\": 10, \"steps\": 50 },")]
    [InlineData("")]
    public async Task Run_WithSeveralProcesses_SpreadsTrainings_AndEndsAsWithOne(string method)
    {
        using var workspace = new SearchWorkspace();
        (string, string)[] changes =
        [
            ("\"seed\": 5,", $"\"seed\": 5, {method}"),
            (
                "\"finetune\": { \"steps\": 20, \"top\": 2 }",
                "\"finetune\": { \"steps\": 20, \"top\": 2, \"seeds\": 2, \"distillation\": 0.5 }"
            ),
        ];
        var (one, four) = (workspace.Job("one", changes), workspace.Job("four", changes));
        var alone = await SearchWorkspace.Run(one, resume: false);
        // No network is trained by itself: the trainer dies where it is asked to.
        var spread = await SearchWorkspace.Run(four, resume: false, "--processes", "4", "--die-in", "finetune");
        Assert.True(spread.Succeeded, string.Join('\n', spread.Diagnostics));
        Assert.Equal(Networks(alone.Value), Networks(spread.Value));

        static IEnumerable<(string, double)> Networks(SearchOutcome outcome) =>
            outcome.Finalists.Concat(outcome.Baselines).Select(c => (c.Candidate.Hash, c.FineTuned));
    }

    [Fact]
    public async Task Run_WithATrainerThatDies_KeepsWhatIsDone()
    {
        var job = _workspace.Job("out");

        var dead = await SearchWorkspace.Run(job, resume: false, "--die-in", "finetune");

        Assert.Equal(
            ["MCU8102", "MCU8051"],
            dead.Diagnostics.Where(d => d.Severity == McuNet.Diagnostics.DiagnosticSeverity.Error).Select(d => d.Id)
        );
        var kept = File.ReadAllLines(job.LogPath).Length;
        Assert.True(kept > 18);
        Assert.True((await SearchWorkspace.Run(job, resume: true)).Succeeded);
        Assert.True(File.ReadAllLines(job.LogPath).Length > kept);
    }

    [Fact]
    public async Task Run_WithALyingTrainer_RecordsNothingOfIt()
    {
        var job = _workspace.Job("out");

        var lied = await SearchWorkspace.Run(job, resume: false, "--lie", "accuracy");

        Assert.Equal(["MCU8104", "MCU8051"], lied.Diagnostics.Select(d => d.Id));
        Assert.DoesNotContain("supernet/", File.ReadAllText(job.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_IntoTheFolderOfAnotherSearch_IsRefusedAndChangesNothing()
    {
        var first = _workspace.Job("out");
        await SearchWorkspace.Run(first, resume: false, "--die-in", "finetune");
        var log = File.ReadAllBytes(first.LogPath);

        foreach (
            var change in new[]
            {
                ("\"seed\": 5", "\"seed\": 6"),
                ("\"20KB\"", "\"21KB\""),
                ("nrf52840", "nrf52832"),
                ("space.json", "digits"),
            }
        )
            Assert.Equal("MCU8045", Assert.Single((await SearchWorkspace.Run(_workspace.Job("out", change), resume: true)).Diagnostics).Id);
        Assert.Equal("MCU8046", Assert.Single((await SearchWorkspace.Run(_workspace.Job("out"), resume: false)).Diagnostics).Id);
        Assert.Equal(log, File.ReadAllBytes(first.LogPath));
    }

    [Fact]
    public async Task Run_WithABudgetThatNothingFits_SaysWhatTheSmallestNeeds()
    {
        var found = Assert.Single((await SearchWorkspace.Run(_workspace.Job("out", ("\"6KB\"", "\"1KB\"")), resume: false)).Diagnostics);

        Assert.Equal("MCU8048", found.Id);
        Assert.Matches("needs [0-9,]+ bytes of SRAM where 1,024 are allowed", found.Message);
    }

    [Fact]
    public async Task Run_BelowTheRankingGate_StopsOrWarns()
    {
        var stopped = await SearchWorkspace.Run(_workspace.Job("stop", ("\"rankGate\": -1", "\"rankGate\": 1")), resume: false);
        var warned = await SearchWorkspace.Run(
            _workspace.Job("warn", ("\"rankGate\": -1", "\"rankGate\": 1, \"baselines\": false, \"rank\": { \"stop\": false }")),
            resume: false
        );
        var lowered = await SearchWorkspace.Run(_workspace.Job("stop"), resume: true);

        Assert.Equal("MCU8050", Assert.Single(stopped.Diagnostics).Id);
        Assert.True(lowered.Succeeded);
        Assert.True(warned.Succeeded);
        Assert.Equal("MCU8049", Assert.Single(warned.Diagnostics).Id);
        Assert.Empty(warned.Value.Baselines);
    }

    [Fact]
    public async Task Run_IntoAPlaceThatCannotBeAFolder_SaysSo()
    {
        var found = Assert.Single((await SearchWorkspace.Run(_workspace.Job("data.json"), resume: false)).Diagnostics);

        Assert.Equal("MCU8052", found.Id);
    }
}
