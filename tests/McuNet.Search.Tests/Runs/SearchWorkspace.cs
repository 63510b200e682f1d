using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Diagnostics;
using McuNet.Search.Reporting;
using McuNet.Search.Runs;
using McuNet.Search.Tests.Training;
using McuNet.Search.Training;

namespace McuNet.Search.Tests.Runs;

/// <summary>A folder with a search file for a small space, searched with the fake trainer.</summary>
internal sealed class SearchWorkspace : IDisposable
{
    private const string Space = """
        { "version": 1, "name": "small", "resolutions": [16, 20], "widths": [0.25, 0.5], "input": { "channels": 1 }, "classes": 10,
          "rounding": { "divisor": 8, "minimum": 8, "keep": 0.9 }, "activation": "relu", "stem": { "out": 8, "kernel": 3, "stride": 1 },
          "first": { "out": 8, "kernel": [3], "stride": 2 },
          "stages": [ { "out": 16, "stride": 2, "depth": [1, 2], "kernel": [3, 5], "expand": [2, 3], "width": [1.0] },
                      { "out": 24, "stride": 2, "depth": [1, 2], "kernel": [3, 5], "expand": [2, 3], "width": [1.0] } ],
          "head": { "out": 0 }, "residual": "after-first" }
        """;

    private const string File = """
        { "version": 1, "space": "space.json", "dataset": "data.json", "device": "nrf52840", "sram": "6KB", "flash": "20KB", "input": "either",
          "evolution": { "population": 6, "parents": 3, "crossovers": 2, "mutations": 2, "generations": 3, "redistribution": 0.2 },
          "seed": 5, "train": { "largest": 40, "random": 60 }, "finetune": { "steps": 20, "top": 2 }, "rankGate": -1 }
        """;

    public SearchWorkspace()
    {
        System.IO.File.WriteAllText(Path.Combine(Folder, "space.json"), Space);
        System.IO.File.WriteAllText(Path.Combine(Folder, "data.json"), "{}");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mcunet-search-").FullName;

    public SearchJob Job(string output, params (string Old, string New)[] changes)
    {
        var path = Path.Combine(Folder, "search.json");
        System.IO.File.WriteAllText(path, changes.Aggregate(File, (text, c) => text.Replace(c.Old, c.New, StringComparison.Ordinal)));
        return SearchSetup.Load(path, null, null, Path.Combine(Folder, output), threads: 2).Value;
    }

    /// <summary>Runs or continues a search as the command does, without its files.</summary>
    public static async Task<StageResult<SearchOutcome>> Run(SearchJob job, bool resume, params string[] switches)
    {
        var entered = SearchState.Enter(job, resume);
        if (!entered.Succeeded)
            return StageResult<SearchOutcome>.Failure(entered.Diagnostics);
        using var log = entered.Value;
        await using var trainer = new TrainerProcess(FakeTrainerRun.Command(switches), FakeTrainerRun.Quick);
        return await SearchRun.RunAsync(job, trainer, log, new Phases());
    }

    public static string Json(SearchJob job, SearchOutcome outcome) => OutcomeJson.Of(job, outcome).ToJsonString();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class Phases : IProgress<SearchProgress>
    {
        public List<string> All { get; } = [];

        public void Report(SearchProgress value) => All.Add(value.Phase);
    }
}
