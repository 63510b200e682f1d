using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Diagnostics;
using McuNet.Execution.Quantization;
using McuNet.Files;

namespace McuNet.Search.Export;

/// <summary>A found network as ONNX files, float and int8, and how accurate both are.</summary>
/// <param name="Real">The float model as exported.</param>
/// <param name="Quantized">Its int8 form, which <c>McuModel</c> takes.</param>
/// <param name="Accuracy">On the test images, through ONNX Runtime and through generated C; null where none were given.</param>
public sealed record NetworkExport(OnnxModel Real, QuantizedModel Quantized, AccuracyReport? Accuracy)
{
    /// <summary>Metadata of the ONNX files: canonical JSON of the architecture, the search space's name, the search's seed.</summary>
    public const string ArchitectureProperty = "mcunet.architecture";
    public const string SpaceProperty = "mcunet.space";
    public const string SeedProperty = "mcunet.seed";

    /// <summary>x = (pixel - 128) / 128 over all pixels: the int8 input is pixel - 128.</summary>
    private static readonly ValueRange PixelRange = new(-1, 127f / 128);

    /// <summary>
    /// Weights and images to quantised model. Errors: MCU8060 and MCU8061 for weights, MCU3008 for images, MCU3010 for weights that
    /// overflow, MCU7015 without ONNX Runtime.
    /// </summary>
    public static StageResult<NetworkExport> Make(ExportRequest request, Action<QuantizationProgress>? progress = null) =>
        Weights(request)
            .Then(weights =>
                TrainerImages
                    .Read(request.CalibrationFile, request.Space, request.Architecture)
                    .Then(calibration =>
                    {
                        var model = FloatNetwork.Of(request.Space, request.Architecture, weights, Metadata(request));
                        var options = request.Quantization with
                        {
                            KnownRanges = request.Quantization.KnownRanges.SetItem(FloatNetwork.InputName, PixelRange),
                        };
                        return UnquantizedModel
                            .Of(model, request.Space.Name)
                            .Then(unquantized => Quantizer.Quantize(unquantized, calibration, options, progress: progress))
                            .Then(quantized => Measured(request, model, quantized, progress));
                    })
            );

    /// <summary>
    /// Writes the int8 model to <paramref name="path"/> and the float model beside the weights (<c>winner.float.onnx</c>), each so that an
    /// older file survives until the new one is whole. Error: MCU8062.
    /// </summary>
    public StageResult<string> Write(string path, string weightsFile) =>
        Write(Path.ChangeExtension(weightsFile, ".float.onnx"), OnnxWriter.Write(Real), weightsFile)
            .Then(_ => Write(path, Quantized.ToBytes(), weightsFile));

    private static StageResult<string> Write(string path, byte[] model, string weightsFile)
    {
        try
        {
            FileBatch.Write(path, model);
            return StageResult<string>.Success(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<string>.Failure(
                Diagnostic.Create(DiagnosticCatalog.NetworkNotWritten, path, problem.Message.TrimEnd('.'), weightsFile)
            );
        }
    }

    private static StageResult<NetworkWeights> Weights(ExportRequest request)
    {
        try
        {
            return NetworkWeights.Read(File.ReadAllBytes(request.WeightsFile), request.Space, request.Architecture, request.WeightsFile);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StageResult<NetworkWeights>.Failure(
                Diagnostic.Create(DiagnosticCatalog.WeightsUnreadable, request.WeightsFile, problem.Message.TrimEnd('.'))
            );
        }
    }

    private static StageResult<NetworkExport> Measured(
        ExportRequest request,
        OnnxModel model,
        QuantizedModel quantized,
        Action<QuantizationProgress>? progress
    ) =>
        request.TestFile is null
            ? StageResult<NetworkExport>.Success(new(model, quantized, null))
            : TrainerImages
                .Read(request.TestFile, request.Space, request.Architecture)
                .Then(test => AccuracyReport.Measure(OnnxWriter.Write(model), quantized, test, progress))
                .Then(accuracy => StageResult<NetworkExport>.Success(new(model, quantized, accuracy)));

    private static ImmutableArray<OnnxProperty> Metadata(ExportRequest request) =>
        [
            new(ArchitectureProperty, request.Architecture.ToJson()),
            new(SpaceProperty, request.Space.Name),
            new(SeedProperty, request.Seed.ToString(CultureInfo.InvariantCulture)),
        ];
}
