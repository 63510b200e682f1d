using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using static McuNet.Cli.Printing.Output;

namespace McuNet.Cli.Quantize;

/// <summary><c>mcunet quantize</c>: a float model and samples into an int8 model, with a report of what it costs.</summary>
internal static class QuantizeCommand
{
    private const int WorstShown = 5;

    public static Command Create()
    {
        var command = new Command("quantize", "Quantise a float model to int8 with calibration data.");
        var options = new QuantizeOptions();
        options.AddTo(command);
        command.SetAction(parsed => Run(parsed, options));
        return command;
    }

    /// <summary>Everything that is reported.</summary>
    private sealed record Outcome(
        string Name,
        QuantizationOptions Options,
        int Samples,
        QuantizedModel Model,
        AccuracyReport Accuracy,
        bool OnCalibrationData
    );

    private static int Run(ParseResult parsed, QuantizeOptions options)
    {
        var (path, output, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Out)!, parsed.GetValue(options.Json));
        var name = Path.GetFileNameWithoutExtension(path);
        var (how, limit, form) = (options.Read(parsed), options.Data.Limit(parsed), options.Data.Read(parsed, new()));
        var real = (parsed.GetValue(options.Real) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        using var progress = new ProgressLine();
        var result = ModelFile
            .Read(path)
            .Then(file =>
                Quantizer
                    .InputOf(file.Model, name)
                    .Then(input =>
                        SampleFiles
                            .Read(parsed.GetValue(options.Calibration)!, name, input.Dims, form)
                            .Then(samples =>
                                TestSet(parsed, options, name, input.Dims, form, samples)
                                    .Then(test =>
                                        Quantizer
                                            .WithReal(file.Model, name, how, real)
                                            .Then(chosen =>
                                                Quantizer.Quantize(file.Model, name, samples.Take(limit), chosen, progress.Show)
                                            )
                                            .Then(model =>
                                            {
                                                Artifacts.Write(output, model.ToBytes());
                                                return AccuracyReport
                                                    .Measure(file.Bytes, model, test, progress.Show)
                                                    .Then(accuracy =>
                                                        StageResult<Outcome>.Success(
                                                            new(
                                                                name,
                                                                how,
                                                                samples.Take(limit).Count,
                                                                model,
                                                                accuracy,
                                                                parsed.GetValue(options.Test) is null
                                                            )
                                                        )
                                                    );
                                            })
                                    )
                            )
                    )
            );
        progress.Clear();
        if (json)
            Output.Json(
                result.Succeeded
                    ? Json(result.Value, output, result.Diagnostics)
                    : new JsonObject { ["name"] = name, ["diagnostics"] = CompilationJson.Diagnostics(result.Diagnostics) }
            );
        else if (result.Succeeded)
            Describe(result.Value, output);
        return Output.Finish(json, result.Diagnostics);
    }

    private static StageResult<SampleSet> TestSet(
        ParseResult parsed,
        QuantizeOptions options,
        string name,
        ImmutableArray<int> dims,
        SampleForm form,
        SampleSet calibration
    )
    {
        var test = parsed.GetValue(options.Test) is { } path
            ? SampleFiles.Read(path, name, dims, form)
            : StageResult<SampleSet>.Success(calibration);
        return parsed.GetValue(options.Data.Labels) is { } labels ? test.Then(t => SampleFiles.WithLabels(t, labels, name)) : test;
    }

    private static JsonObject Json(Outcome outcome, string output, IEnumerable<Diagnostic> diagnostics)
    {
        var (accuracy, layers) = (outcome.Accuracy, outcome.Model.Layers);
        return new JsonObject
        {
            ["name"] = outcome.Name,
            ["out"] = output,
            ["method"] = outcome.Options.Method.ToString().ToLowerInvariant(),
            ["biasCorrection"] = outcome.Options.CorrectBias,
            ["calibrationSamples"] = outcome.Samples,
            ["accuracy"] = AccuracyJson.Of(accuracy, Split(outcome)),
            ["layers"] = new JsonArray(
                layers
                    .Select(l =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["node"] = l.Node,
                                ["tensor"] = l.Tensor,
                                ["sqnrDb"] = Decibels(l),
                            }
                    )
                    .ToArray()
            ),
            ["worst"] = new JsonArray(Worst(layers).Select(l => (JsonNode)l.Node).ToArray()),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };
    }

    private static void Describe(Outcome outcome, string output)
    {
        var accuracy = outcome.Accuracy;
        Line(
            $"{outcome.Name}: {outcome.Options.Method.ToString().ToLowerInvariant()} ranges of {outcome.Samples:N0} samples, bias correction {(outcome.Options.CorrectBias ? "on" : "off")}"
        );
        Line($"  on {accuracy.Samples:N0} {Split(outcome)} samples");
        if (accuracy.FloatCorrect is not null)
            Line(
                $"  top-1      float {accuracy.Share(accuracy.FloatCorrect):0.00%}, int8 {accuracy.Share(accuracy.QuantizedCorrect):0.00%}, int8 in generated C {(accuracy.CodeCorrect is null ? "not run (no C compiler)" : FormattableString.Invariant($"{accuracy.Share(accuracy.CodeCorrect):0.00%}"))}"
            );
        Line($"  agreement  int8 with float {accuracy.Share(accuracy.QuantizedAgrees):0.00%}");
        if (accuracy.CodeAgrees is not null)
            Line(
                $"  generated C against ONNX Runtime: {(accuracy.Mismatches == 0 ? "exact" : FormattableString.Invariant($"{accuracy.Mismatches:N0} of {accuracy.Elements:N0} elements differ by up to {accuracy.Largest:0.######}"))}, same decision {accuracy.Share(accuracy.CodeAgrees):0.00%}"
            );
        Line(
            $"  noisiest   {string.Join(", ", Worst(outcome.Model.Layers).Select(l => FormattableString.Invariant($"'{l.Node}' {l.SqnrDb:0.0} dB")))}"
        );
        Line($"  file       {output}");
    }

    private static IEnumerable<LayerNoise> Worst(IEnumerable<LayerNoise> layers) => layers.OrderBy(l => l.SqnrDb).Take(WorstShown);

    private static string Split(Outcome outcome) => outcome.OnCalibrationData ? "calibration" : "test";

    private static double? Decibels(LayerNoise layer) => double.IsFinite(layer.SqnrDb) ? Math.Round(layer.SqnrDb, 2) : null;
}
