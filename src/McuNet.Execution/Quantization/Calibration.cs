using System;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Samples;
using McuNet.Options;

namespace McuNet.Execution.Quantization;

/// <summary>Quantises what is compiled, with samples.</summary>
public static class Calibration
{
    /// <summary>Quantises a float model with samples and gives an integer model as it is, with a warning; null without samples.</summary>
    /// <param name="path">Of the model, for messages.</param>
    /// <param name="pixels">What bytes of pictures stand for; null where nobody says.</param>
    public static Func<OnnxModel, StageResult<OnnxModel>>? With(string? samples, string path, string name, PixelRange? pixels = null) =>
        samples is null ? null : model => Quantized(model, path, name, samples, new() { Pixels = pixels });

    /// <param name="calibration">The samples.</param>
    public static StageResult<OnnxModel> Quantized(
        OnnxModel model,
        string path,
        string name,
        string calibration,
        SampleForm form,
        Action<QuantizationProgress>? progress = null
    ) =>
        FloatModel.IsQuantized(model)
            ? StageResult<OnnxModel>.Success(model, [Diagnostic.Create(DiagnosticCatalog.CalibrationUnused, path, calibration)])
            : UnquantizedModel
                .Of(model, name)
                .Then(network =>
                    SampleFiles
                        .Read(calibration, name, network.Input.Dims, form)
                        .Then(samples => Quantizer.Quantize(network, samples, new QuantizationOptions(), progress: progress))
                )
                .Then(quantized => StageResult<OnnxModel>.Success(quantized.Model));
}
