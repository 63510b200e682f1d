using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Text;
using McuNet.Cli.Options;
using McuNet.Cli.Printing;
using McuNet.Cli.Writing;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Report;
using McuNet.Compiler.Report.Html;
using McuNet.Diagnostics;
using McuNet.Execution.Models;
using McuNet.Execution.Quantization;
using McuNet.Manifest;

namespace McuNet.Cli.Report;

/// <summary><c>mcunet report</c>: what a model takes on a device, as one HTML file.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "Show what a model takes on a device, and why, as one HTML file.");
        var options = new ModelOptions();
        var output = new Option<string>("--out") { Description = "The HTML file.", Required = true };
        var against = new Option<string?>("--against")
        {
            HelpName = "file",
            Description = "Compare with another model, or with an earlier report: its HTML file, or what --json printed.",
        };
        var device = new Option<string?>("--against-device") { HelpName = "device", Description = "Compare with another device." };
        var accuracy = new Option<string?>("--accuracy")
        {
            HelpName = "file",
            Description = "What mcunet quantize --json printed; default: the record of a search beside the model.",
        };
        var calibration = CalibrationOption.Create();
        options.AddTo(command);
        command.Add(output);
        command.Add(against);
        command.Add(device);
        command.Add(accuracy);
        command.Add(calibration);
        command.SetAction(parsed =>
            Run(
                parsed,
                options,
                parsed.GetValue(output)!,
                parsed.GetValue(against),
                parsed.GetValue(device),
                parsed.GetValue(accuracy),
                parsed.GetValue(calibration)
            )
        );
        return command;
    }

    private static int Run(
        ParseResult parsed,
        ModelOptions options,
        string output,
        string? against,
        string? device,
        string? accuracy,
        string? calibration
    )
    {
        var (model, json) = (parsed.GetValue(options.Model)!, parsed.GetValue(options.Json));
        var asked = options.Read(parsed);
        var reported = asked.Then(o => Reported(model, o, accuracy, calibration, withDevices: true));
        if (reported.ValueOrNull is not { } content)
            return json ? Failed(model, parsed.GetValue(options.Device)!, reported.Diagnostics) : Output.Report(reported.Diagnostics);
        var other = Against(model, asked.Value, against, device, calibration);
        if (other.ValueOrNull is not { } compared)
            return json
                ? Failed(against ?? model, device ?? parsed.GetValue(options.Device)!, other.Diagnostics)
                : Output.Report(other.Diagnostics);
        Artifacts.Write(output, Encoding.UTF8.GetBytes(ReportPage.Html(content with { Against = compared.Model })), "report");
        if (json)
            Console.Out.WriteLine(ReportJson.Write(content.Model));
        else
            Console.Out.WriteLine($"  report {output}");
        return Output.Finish(json, reported.Diagnostics);
    }

    private static int Failed(string model, string device, ImmutableArray<Diagnostic> diagnostics)
    {
        Output.Json(CompilationJson.Failed(Path.GetFileNameWithoutExtension(model), device, diagnostics));
        return Output.ExitCode(diagnostics);
    }

    /// <summary>A model that breaks budgets is reported too, with what breaks them.</summary>
    private static StageResult<ReportContent> Reported(
        string model,
        CompileOptions options,
        string? accuracy,
        string? calibration,
        bool withDevices = false
    )
    {
        var history = new PassHistory();
        var tools = ModelFile.Tools with { Quantise = Calibration.With(calibration, model, options.Name), Observe = history.Add };
        var result = ModelContent.Read(model).Then(content => ModelCompiler.Build(content.Bytes, model, options, tools));
        if (result.ValueOrNull is not { } compilation)
            return StageResult<ReportContent>.Failure(result.Diagnostics);
        var report = ReportFile.Content(
            compilation,
            result.Diagnostics,
            history,
            ReportAccuracyFile.Find(accuracy, model),
            withDevices ? ModelFit.Everywhere(compilation, tools) : []
        );
        return result.Succeeded
            ? StageResult<ReportContent>.Success(report, result.Diagnostics)
            : StageResult<ReportContent>.Failure(result.Diagnostics, report);
    }

    /// <summary>What a report is compared with.</summary>
    private sealed record Other(ReportModel? Model);

    private static StageResult<Other> Against(string model, CompileOptions options, string? against, string? device, string? calibration)
    {
        if (against is null && device is null)
            return StageResult<Other>.Success(new(null));
        if (against is not null && !IsModel(against))
        {
            if (device is not null)
                throw new UsageException("--against-device compiles a model: leave it out where --against is a report.");
            return StageResult<Other>.Success(new(ReportFile.Read(against)));
        }
        var other = device is null
            ? StageResult<CompileOptions>.Success(options)
            : ModelOptions.DeviceOf(device).Then(d => StageResult<CompileOptions>.Success(options.On(d)));
        var reported = other.Then(o =>
            Reported(against ?? model, against is null ? o : o with { Name = ModelNames.FromFile(against) }, null, calibration)
        );
        return reported.ValueOrNull is { } content
            ? StageResult<Other>.Success(new(content.Model))
            : StageResult<Other>.Failure(reported.Diagnostics);
    }

    private static bool IsModel(string path) => Path.GetExtension(path).ToLowerInvariant() is ".onnx" or ".tflite";
}
