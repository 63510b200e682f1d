using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Accuracy;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;

namespace McuNet.Cli.Evaluate;

/// <summary><c>mcunet evaluate</c>: how often a classifier is right on several executors, what it confuses, and what quantisation
/// costs.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command("evaluate", "Say how often a classifier is right, on several executors, and what it confuses.");
        var options = new EvaluateOptions();
        options.AddTo(command);
        command.SetAction(parsed => Run(options.Read(parsed), options.Json(parsed)));
        return command;
    }

    private static int Run(StageResult<EvaluateRequest> request, bool json)
    {
        using var progress = ConsoleProgress.Brief();
        var diagnostics = new List<Diagnostic>();
        var result = request.Then(r => Prepare(r, progress.Report).Then(subject => Judge(r, subject, diagnostics, progress.Report)));
        progress.Dispose();
        diagnostics.AddRange(result.Diagnostics);
        if (json)
            Output.Json(
                result.Succeeded
                    ? EvaluationJson.Of(result.Value, diagnostics)
                    : EvaluationJson.Failed(request.ValueOrNull?.Name ?? "", diagnostics)
            );
        else if (result.Succeeded)
            EvaluationText.Write(result.Value, Console.Out);
        return Output.Finish(json, diagnostics);
    }

    private static StageResult<Subject> Prepare(EvaluateRequest request, Action<QuantizationProgress> progress) =>
        ModelFile
            .Read(request.Model)
            .Then(file =>
                Deployed(request, file, progress)
                    .Then(deployed =>
                        FloatOf(request, file, deployed)
                            .Then(real =>
                                Compiled(request, deployed)
                                    .Then(compilation =>
                                        Data(request, deployed, compilation)
                                            .Then(data => StageResult<Subject>.Success(new(real.File, deployed, compilation, data)))
                                    )
                            )
                    )
            );

    /// <summary>The model that is compiled: as given, or quantised.</summary>
    private static StageResult<ModelFile> Deployed(EvaluateRequest request, ModelFile file, Action<QuantizationProgress> progress) =>
        request.Calibration is not { } path
            ? StageResult<ModelFile>.Success(file)
            : Calibration
                .Quantized(file.Model, request.Model, request.Name, path, request.Form(new()), progress)
                .Then(model =>
                    StageResult<ModelFile>.Success(
                        ReferenceEquals(model, file.Model) ? file : file with { Bytes = OnnxWriter.Write(model), Model = model }
                    )
                );

    private sealed record Beside(ModelFile? File);

    private static StageResult<Beside> FloatOf(EvaluateRequest request, ModelFile file, ModelFile deployed) =>
        request.Float is { } path
            ? ModelFile.Read(path).Then(f => StageResult<Beside>.Success(new(f)))
            : StageResult<Beside>.Success(new(ReferenceEquals(file, deployed) ? null : file));

    /// <summary>Whatever the budgets: a device decides what runs, not what comes out.</summary>
    private static StageResult<Compilation> Compiled(EvaluateRequest request, ModelFile file) =>
        ModelCompiler.Compile(
            file.Bytes,
            request.Model,
            new CompileOptions
            {
                Name = request.Name,
                Device = request.Device,
                Objective = Objective.Latency,
            },
            ModelFile.Tools
        );

    private static StageResult<SampleSet> Data(EvaluateRequest request, ModelFile deployed, Compilation compilation)
    {
        var network = compilation.Model.Network;
        if (network.Inputs.Length != 1 || network.States.Length > 0)
            return StageResult<SampleSet>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.CasesDoNotFit,
                    request.Data,
                    request.Model,
                    network.States.Length > 0
                        ? "each sample stands for itself, and the model keeps a state"
                        : $"samples are for one input, the model has {network.Inputs.Length}"
                )
            );
        var read = SampleFiles.Read(
            request.Data,
            network.Name,
            network.Inputs[0].Dims,
            request.Form(SampleOptions.FormFor(network, deployed.Model, request.Stored))
        );
        var labelled = request.Labels is { } labels ? read.Then(r => SampleFiles.WithLabels(r, labels, network.Name)) : read;
        return labelled.Then(l => StageResult<SampleSet>.Success(l.Take(request.Limit)));
    }

    /// <param name="diagnostics">Takes why an executor did not run.</param>
    private static StageResult<Evaluation> Judge(
        EvaluateRequest request,
        Subject subject,
        List<Diagnostic> diagnostics,
        Action<QuantizationProgress> progress
    )
    {
        ImmutableArray<string> names =
            !request.On.IsEmpty ? request.On
            : subject.Float is null ? ["onnxruntime", "reference", "csharp"]
            : [Subject.FloatName, "onnxruntime", "reference", "csharp"];
        var decisions = ImmutableArray.CreateBuilder<ExecutorDecisions>();
        for (var i = 0; i < names.Length; i++)
        {
            progress(new(names[i], i, names.Length));
            var decided = subject.Decisions(names[i]);
            diagnostics.AddRange(decided.Diagnostics);
            if (decided.Succeeded)
                decisions.Add(decided.Value);
        }

        var evaluation = new Evaluation(request.Name, subject.Data, decisions.ToImmutable(), []);
        if (!request.Layers || subject.Float is not { } real)
            return StageResult<Evaluation>.Success(evaluation);
        return UnquantizedModel
            .Of(real.Model, request.Name)
            .Then(network =>
                SampleFiles
                    .Read(request.Calibration!, request.Name, network.Input.Dims, request.Form(new()))
                    .Then(samples => Quantizer.Costs(network, samples, subject.Data, new(), progress))
            )
            .Then(costs => StageResult<Evaluation>.Success(evaluation with { Layers = costs }));
    }
}
