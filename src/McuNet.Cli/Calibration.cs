using System;
using System.CommandLine;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Quantization;
using McuNet.Quantization.Samples;

namespace McuNet.Cli;

/// <summary>The option <c>--calibration</c> and what it does.</summary>
internal static class Calibration
{
    public static Option<string?> Option() =>
        new("--calibration") { Description = "Folder or file of samples that quantise a float model; a quantised model needs none." };

    /// <summary>Quantises a float model with samples and gives an integer model as it is, with a warning; null without samples.</summary>
    /// <param name="path">Of the model, for messages.</param>
    public static Func<OnnxModel, StageResult<OnnxModel>>? With(string? samples, string path, string name) =>
        samples is null ? null : model => Quantized(model, path, name, samples);

    private static StageResult<OnnxModel> Quantized(OnnxModel model, string path, string name, string calibration) => FloatModel.IsQuantized(model)
        ? StageResult<OnnxModel>.Success(model, [Diagnostic.Create(DiagnosticCatalog.CalibrationUnused, path, calibration)])
        : Quantizer.InputOf(model, name)
            .Then(input => SampleFiles.Read(calibration, name, input.Dims, null))
            .Then(samples => Quantizer.Quantize(model, name, samples, new QuantizationOptions()))
            .Then(quantized => StageResult<OnnxModel>.Success(quantized.Model));
}
