using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using McuNet.Execution.Quantization;
using McuNet.Search.Runs;

namespace McuNet.Search.Export;

/// <summary>Exports networks of a search as int8 ONNX files, compiles them as a build would, and holds the budgets against the
/// result.</summary>
/// <param name="progress">Told every step of the quantisation.</param>
public sealed class OnnxExport(Action<QuantizationProgress>? progress = null) : IExport
{
    /// <summary>
    /// Errors: those of <see cref="NetworkExport.Make"/>, MCU8062, and MCU4001 to MCU4004 where the compiled file exceeds a budget; the
    /// file is written then too. The JSON has what the compiled network needs, and accuracies in the form of <c>mcunet quantize</c>.
    /// </summary>
    public Task<StageResult<JsonObject>> ExportAsync(SearchJob job, ContenderFiles files, string output, CancellationToken cancellation) =>
        Task.Run(
            () =>
                NetworkExport
                    .Make(
                        RequestOf(job, files),
                        step =>
                        {
                            cancellation.ThrowIfCancellationRequested();
                            progress?.Invoke(step);
                        }
                    )
                    .Then(export => export.Write(output, files.Weights).Then(_ => Compiled(job, files, output, export))),
            cancellation
        );

    private static ExportRequest RequestOf(SearchJob job, ContenderFiles files) =>
        new()
        {
            Space = job.Space,
            Architecture = files.Contender.Candidate.Architecture,
            Seed = job.File.Seed,
            WeightsFile = files.Weights,
            CalibrationFile = files.Calibration,
            TestFile = files.Test,
        };

    private static StageResult<JsonObject> Compiled(SearchJob job, ContenderFiles files, string output, NetworkExport export)
    {
        var options = job.Options with { Input = files.Contender.Candidate.Input };
        return ModelCompiler
            .Compile(export.Quantized.Graph, options)
            .Then(compilation =>
            {
                var json = Json(output, compilation, export.Accuracy);
                var exceeded = BudgetCheck.Run(compilation);
                return exceeded.IsEmpty ? StageResult<JsonObject>.Success(json) : StageResult<JsonObject>.Failure(exceeded, json);
            });
    }

    private static JsonObject Json(string output, Compilation compilation, AccuracyReport? accuracy) =>
        new()
        {
            ["file"] = output,
            ["input"] = compilation.Options.Input.ToString().ToLowerInvariant(),
            ["sram"] = compilation.SramBytes,
            ["arena"] = compilation.Model.Memory.ArenaBytes,
            ["flash"] = compilation.Footprint.Flash,
            ["latencyMs"] = Math.Round(compilation.Options.Device.Milliseconds(compilation.Model.Cycles), 4),
            ["accuracy"] = accuracy is null ? null : AccuracyJson.Of(accuracy, "test"),
        };
}
