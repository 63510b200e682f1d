using System;
using System.Text.Json;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;
using McuNet.Search.Evolution;
using McuNet.Search.Training;

namespace McuNet.Search.Runs;

/// <summary>Turns the JSON of a search file into a <see cref="SearchFile"/>. The file's form is described in docs/search.md.</summary>
public static class SearchFileReader
{
    private const int Version = 1;
    private const int Many = 1_000_000;
    private const int MostPasses = 16;
    private const double MostShare = 0.9999;

    /// <summary>Errors: MCU8041 not JSON, MCU8042 unknown field, MCU8043 missing field, MCU8044 unusable value, all with line and
    /// column.</summary>
    public static StageResult<SearchFile> Read(ReadOnlySpan<byte> utf8Json, string sourceName) =>
        JsonFile.Read(
            utf8Json,
            sourceName,
            DiagnosticCatalog.SearchFileNotJson,
            (root, findings) =>
            {
                if (root.Kind == JsonValueKind.Object)
                    return Root(new SearchFields(root, findings));
                findings.Add(0, DiagnosticCatalog.SearchValueInvalid, "$", "no object", "an object");
                return null;
            }
        );

    private static SearchFile Root(SearchFields fields)
    {
        fields.Whole("version", Version, Version);
        var method = fields.Word("method", SearchMethod.Supernet);
        // Without a supernet its steps are nobody's business.
        int? unused = method == SearchMethod.Supernet ? null : 0;
        var train = fields.Nested(
            "train",
            f => new TrainPlan(
                f.Whole("largest", unused ?? 1, Many, unused),
                f.Whole("random", unused ?? 1, Many, unused),
                f.Whole("batch", 1, 65_536, 256),
                f.Real("lr", 1e-6, 100, 0.05)
            )
        );
        var gate = fields.Real("rankGate", -1, 1, 0.3);
        var file = new SearchFile(
            fields.Text("space"),
            fields.Text("dataset"),
            fields.TextOrNull("device"),
            new Budgets(fields.Bytes("sram"), fields.Bytes("flash"), fields.Milliseconds("latency"), fields.Millijoules("energy")),
            fields.Word("optimize", Objective.Fit),
            fields.Word("input", InputChoice.Resident),
            fields.Whole("passes", 1, MostPasses, 1),
            fields.Flag("bands", true),
            fields.Word("schedule", ScheduleChoice.All),
            method,
            Predictor(fields),
            Evolution(fields),
            (ulong)fields.Whole("seed", 0, int.MaxValue, 1),
            train,
            Rank(fields, gate),
            FineTune(fields, train, method),
            fields.Nested("evaluation", f => f.Whole("images", 0, int.MaxValue, 0)) is > 0 and var images ? images : null,
            fields.Nested("calibration", f => f.Whole("count", 1, Many, 256)),
            fields.Flag("baselines", true)
        );
        fields.Close();
        return file;
    }

    private static RankPlan Rank(SearchFields fields, double gate) =>
        fields.Nested(
            "rank",
            f => new RankPlan(
                gate,
                f.Whole("networks", 3, 1000, 16),
                f.Word("against", RankReference.Macs),
                f.Whole("steps", 1, Many, 200),
                f.Flag("stop", true)
            )
        );

    private static FineTunePlan FineTune(SearchFields fields, TrainPlan train, SearchMethod method) =>
        fields.Nested(
            "finetune",
            f => new FineTunePlan(
                Length(f),
                f.Whole("top", 1, 100, 5),
                f.Whole("batch", 1, 65_536, train.Batch),
                f.Real("lr", 1e-6, 100, method == SearchMethod.Supernet ? train.LearningRate / 5 : train.LearningRate)
            )
            {
                Schedule = f.Word("schedule", RateSchedule.Cosine),
                Nesterov = f.Flag("nesterov", false),
                LabelSmoothing = f.Real("smoothing", 0, 1, 0),
                Average = f.Real("average", 0, MostShare, 0),
                Distillation = f.Real("distillation", 0, MostShare, 0),
                From = method == SearchMethod.Supernet ? f.Word("from", TuningStart.Supernet) : TuningStart.Random,
                Seeds = f.Whole("seeds", 1, 100, 1),
            }
        );

    /// <summary>Epochs, or steps; without both the default, or steps that must be there.</summary>
    private static TrainingLength Length(SearchFields fields, int? epochs = null) =>
        (fields.Whole("steps", 1, Many, 0), fields.Whole("epochs", 1, Many, 0)) switch
        {
            (0, > 0 and var times) => new(null, times),
            (0, 0) when epochs is { } usual => new(null, usual),
            (> 0 and var steps, 0) => new(steps, null),
            (0, 0) => new(fields.Whole("steps", 1, Many), null),
            var (_, both) => new(null, both),
        };

    private static PredictorPlan Predictor(SearchFields fields) =>
        fields.Nested(
            "predictor",
            f => new PredictorPlan(f.Whole("networks", 8, 1000, 30), Length(f, epochs: 3), f.Real("band", 0, MostShare, 0.8))
        );

    private static EvolutionSettings Evolution(SearchFields fields)
    {
        var preset = fields.WordOrNull("preset", "paper", "small") == "paper" ? EvolutionSettings.Paper : EvolutionSettings.Small;
        return fields.Nested("evolution", f => Explicit(f, preset));
    }

    private static EvolutionSettings Explicit(SearchFields fields, EvolutionSettings preset) =>
        new(
            fields.Whole("population", 1, Many, preset.Population),
            fields.Whole("parents", 1, Many, preset.Parents),
            fields.Whole("crossovers", 0, Many, preset.Crossovers),
            fields.Whole("mutations", 0, Many, preset.Mutations),
            fields.Real("probability", 0, 1, preset.Probability),
            fields.Whole("generations", 0, Many, preset.Generations),
            fields.Word("seeding", preset.Seeding),
            fields.Real("redistribution", 0, 1, preset.Redistribution)
        );
}
