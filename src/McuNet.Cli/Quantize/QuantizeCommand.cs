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
        QuantizeRequest Request,
        int Samples,
        QuantizedModel Model,
        AccuracyReport Accuracy,
        bool OnCalibrationData
    );

    private static int Run(ParseResult parsed, QuantizeOptions options)
    {
        var (path, output, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Out)!, parsed.GetValue(options.Json));
        var name = Path.GetFileNameWithoutExtension(path);
        using var progress = ConsoleProgress.Brief();
        var result = options
            .Read(parsed)
            .Then(request =>
                ModelFile
                    .Read(path)
                    .Then(file =>
                        UnquantizedModel
                            .Of(file.Model, name)
                            .Then(network => Quantized(parsed, options, request, file, network, output, progress.Report))
                    )
            );
        progress.Dispose();
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

    /// <summary>Reads the samples, quantises, writes the model and measures what it costs.</summary>
    private static StageResult<Outcome> Quantized(
        ParseResult parsed,
        QuantizeOptions options,
        QuantizeRequest request,
        ModelFile file,
        UnquantizedModel network,
        string output,
        Action<QuantizationProgress> progress
    )
    {
        var (limit, form, dims) = (options.Data.Limit(parsed), options.Data.Read(parsed, new()), network.Input.Dims);
        return SampleFiles
            .Read(parsed.GetValue(options.Calibration)!, network.Name, dims, form)
            .Then(samples => TestSet(parsed, options, network.Name, dims, form, samples).Then(test => Measured(samples.Take(limit), test)));

        StageResult<Outcome> Measured(SampleSet samples, SampleSet test) =>
            network
                .Keeping(request.Options, ActivationFormat.Int16, request.Int16)
                .Then(how => network.Keeping(how, ActivationFormat.Real, request.Real))
                .Then(how => Quantizer.Quantize(network, samples, how, request.Precision, progress))
                .Then(model =>
                {
                    Artifacts.Write(output, model.ToBytes());
                    return AccuracyReport
                        .Measure(file.Bytes, model, test, progress)
                        .Then(accuracy =>
                            StageResult<Outcome>.Success(
                                new(network.Name, request, samples.Count, model, accuracy, parsed.GetValue(options.Test) is null)
                            )
                        );
                });
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
            ["method"] = outcome.Request.Options.Method.ToString().ToLowerInvariant(),
            ["biasCorrection"] = outcome.Request.Options.CorrectBias,
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
                                ["sqnrDb"] = AccuracyJson.Decibels(l.SqnrDb),
                            }
                    )
                    .ToArray()
            ),
            ["kept"] = outcome.Model.Choice is { } choice ? Json(choice, outcome.Request.Precision!) : null,
            ["worst"] = new JsonArray(Worst(layers).Select(l => (JsonNode)l.Node).ToArray()),
            ["diagnostics"] = CompilationJson.Diagnostics(diagnostics),
        };
    }

    private static JsonObject Json(PrecisionChoice choice, PrecisionRequest request) =>
        new()
        {
            ["format"] = request.Format.Name(),
            ["target"] = request.Target.ToString(),
            ["nodes"] = new JsonArray([.. choice.Kept.Select(n => (JsonNode)n)]),
            ["before"] = Json(choice.Before),
            ["after"] = Json(choice.After),
        };

    private static JsonObject Json(OutputError error) =>
        new()
        {
            ["samples"] = error.Samples,
            ["differing"] = error.Differing,
            ["sqnrDb"] = AccuracyJson.Decibels(error.SqnrDb),
        };

    private static void Describe(Outcome outcome, string output)
    {
        var accuracy = outcome.Accuracy;
        Line(
            $"{outcome.Name}: {outcome.Request.Options.Method.ToString().ToLowerInvariant()} ranges of {outcome.Samples:N0} samples, bias correction {(outcome.Request.Options.CorrectBias ? "on" : "off")}"
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
        if (outcome.Model.Choice is { } choice)
            Describe(choice, outcome.Request.Precision!);
        Line(
            $"  noisiest   {string.Join(", ", Worst(outcome.Model.Layers).Select(l => FormattableString.Invariant($"'{l.Node}' {l.SqnrDb:0.0} dB")))}"
        );
        Line($"  file       {output}");
    }

    private static void Describe(PrecisionChoice choice, PrecisionRequest request)
    {
        var (before, after) = (request.Target.Describe(choice.Before), request.Target.Describe(choice.After));
        if (choice.Kept.IsEmpty)
            Line($"  kept       all in int8: {before} on the calibration samples");
        else
            Line(
                $"  kept       {request.Format.Name()} for {string.Join(", ", choice.Kept.Select(n => $"'{n}'"))}: {after} on the calibration samples, in int8 alone {before}"
            );
    }

    private static IEnumerable<LayerNoise> Worst(IEnumerable<LayerNoise> layers) => layers.OrderBy(l => l.SqnrDb).Take(WorstShown);

    private static string Split(Outcome outcome) => outcome.OnCalibrationData ? "calibration" : "test";
}
