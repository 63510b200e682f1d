using System;
using System.Linq;
using System.Text;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Evolution;
using McuNet.Search.Runs;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Runs;

public sealed class SearchFileReaderTests
{
    private const string Valid = """
        {
          "version": 1,
          "space": "digits", "dataset": "mnist.json", "device": "nrf52840",
          "sram": "8KB", "flash": 16384, "latency": "50ms", "energy": 2,
          "optimize": "memory", "input": "either", "passes": 4, "bands": false,
          "preset": "paper", "evolution": { "generations": 4 },
          "seed": 7,
          "train": { "largest": 100, "random": 200, "batch": 64, "lr": 0.1 },
          "finetune": { "steps": 50, "top": 3 },
          "calibration": { "count": 32 }, "baselines": false, "rankGate": 0.4, "rank": { "networks": 8, "stop": false }
        }
        """;

    [Fact]
    public void Read_OfAllFields_GivesThem()
    {
        var file = Read(Valid).Value;

        Assert.Equal(new Budgets(8192, 16384, 50, 2), file.Budgets);
        Assert.Equal(EvolutionSettings.Paper with { Generations = 4 }, file.Evolution);
        Assert.Equal(new TrainPlan(100, 200, 64, 0.1), file.Train);
        Assert.Equal(new FineTunePlan(new(50, null), 3, 64, 0.02) { LabelSmoothing = 0 }, file.FineTune);
        Assert.Equal(new RankPlan(0.4, 8, RankReference.Macs, 200, false), file.Rank);
        Assert.Equal(
            (Objective.Memory, InputChoice.Either, 7UL, 32, false),
            (file.Objective, file.Input, file.Seed, file.CalibrationImages, file.Baselines)
        );
        Assert.Equal((4, false), (file.Passes, file.Bands));
        Assert.Null(file.EvaluationImages);
    }

    [Fact]
    public void Read_OfAPredictor_NeedsNoSupernet()
    {
        var file = Read(
            """
            { "version": 1, "space": "digits", "dataset": "d.json", "method": "predictor", "schedule": "layers",
              "predictor": { "networks": 20, "epochs": 2, "band": 0.9 },
              "finetune": { "epochs": 10, "seeds": 3, "batch": 128, "lr": 0.6, "schedule": "onecycle", "nesterov": true, "smoothing": 0.05,
                            "average": 0.999, "distillation": 0.5 } }
            """
        ).Value;

        Assert.Equal((SearchMethod.Predictor, ScheduleChoice.Layers), (file.Method, file.Schedule));
        Assert.Equal(new PredictorPlan(20, new(null, 2), 0.9), file.Predictor);
        Assert.Equal((3, TuningStart.Random, 0.5), (file.FineTune.Seeds, file.FineTune.From, file.FineTune.Distillation));
        Assert.Equal(
            new TrainingRecipe(782)
            {
                Batch = 128,
                LearningRate = 0.6,
                Schedule = RateSchedule.OneCycle,
                Nesterov = true,
                LabelSmoothing = 0.05,
                Average = 0.999,
            },
            file.FineTune.Recipe(10_000)
        );
    }

    [Theory]
    [InlineData("\"seed\": 7,", "\"seed\": 7 \"x\": 1,", "MCU8041", 7)]
    [InlineData("\"seed\": 7,", "\"seed\": 7, \"sead\": 8,", "MCU8042", 7)]
    [InlineData("\"largest\": 100,", "\"largest\": 100, \"epochs\": 8,", "MCU8042", 8)]
    [InlineData("\"seed\": 7,", "\"seed\": 7, \"seed\": 8,", "MCU8044", 7)]
    [InlineData("\"space\": \"digits\", ", "", "MCU8043", 1)]
    [InlineData("\"largest\": 100,", "", "MCU8043", 8)]
    [InlineData("\"version\": 1", "\"version\": 2", "MCU8044", 2)]
    [InlineData("\"8KB\"", "\"8 parsecs\"", "MCU8044", 4)]
    [InlineData("\"either\"", "\"both\"", "MCU8044", 5)]
    [InlineData("\"paper\"", "\"huge\"", "MCU8044", 6)]
    [InlineData("0.4", "1.4", "MCU8044", 10)]
    [InlineData("\"baselines\": false", "\"baselines\": 0", "MCU8044", 10)]
    [InlineData("{ \"count\": 32 }", "32", "MCU8044", 10)]
    public void Read_OfAMistake_NamesItAndItsLine(string old, string replacement, string id, int line)
    {
        var changed = Valid.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Valid, changed);

        var found = Read(changed).Diagnostics.First();

        Assert.Equal((id, "s.json", line), (found.Id, found.Location!.File, found.Location.Line));
    }

    [Fact]
    public void Read_OfAList_SaysThatAnObjectIsExpected() => Assert.Equal("MCU8044", Assert.Single(Read("[]").Diagnostics).Id);

    [Fact]
    public void Load_OfFilesThatAreNotThere_NamesThem()
    {
        var missing = SearchSetup.Load("no/such/search.json", null, null, "out", 1);

        Assert.Equal("MCU8040", Assert.Single(missing.Diagnostics).Id);
    }

    private static McuNet.Diagnostics.StageResult<SearchFile> Read(string text) =>
        SearchFileReader.Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")), "s.json");
}
