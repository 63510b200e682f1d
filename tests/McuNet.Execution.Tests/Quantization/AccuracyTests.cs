using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Quantization;
using McuNet.Compiler.Tests;
using McuNet.Execution.Quantization;
using McuNet.Execution.Samples;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Execution.Tests.Quantization;

/// <summary>Real float models on a few hundred real samples; the whole test sets are in docs/quantization.md.</summary>
public sealed class AccuracyTests
{
    private const double HalfAPoint = 0.005;

    [SharedOnnxRuntimeFact]
    public void Quantize_Mnist8_LosesAtMostHalfAPoint()
    {
        var training = Digits(new GZipStream(Open("train_x_u8_60000x28x28.bin.gz"), CompressionMode.Decompress), 200);
        var test = Digits(Open("test_x_u8_10000x28x28.bin"), 400, Labels("mnist/test_y_u8.bin"));
        var report = Measure("mnist8_cntk_fp32", [1, 1, 28, 28], training, test);
        Assert.InRange(report.FloatCorrect!.Value, 390, 400);
        Assert.InRange(report.QuantizedCorrect!.Value, report.FloatCorrect.Value - HalfAPoint * 400, 400);
        Assert.Equal((0L, 400), (report.Mismatches, report.CodeAgrees));
    }

    [SharedOnnxRuntimeFact]
    public void Quantize_ResNet8_DecidesAsTheFloatModelDoes()
    {
        var report = ResNet8(new());
        Assert.InRange(report.QuantizedAgrees, 194, 200);
        Assert.InRange(report.QuantizedCorrect!.Value, report.FloatCorrect!.Value - 3, 200);
        Assert.InRange(report.CodeAgrees!.Value, 199, 200);
        Assert.InRange(report.Mismatches, 0, report.Elements / 50);
    }

    /// <summary>
    /// With uint8 activations ONNX Runtime runs every layer on integers. With int8 ones its optimiser makes some tensors uint8 on
    /// processors without VNNI, and runs layers between both in float32, where sums next to a tie may go the other way.
    /// </summary>
    [SharedOnnxRuntimeFact]
    public void Quantize_ResNet8WithUInt8_EqualsOnnxRuntimeInEveryElement() =>
        Assert.Equal(0L, ResNet8(new() { Unsigned = true }).Mismatches);

    private static AccuracyReport ResNet8(QuantizationOptions options)
    {
        var images = new SampleSet
        {
            Dims = [1, 3, 32, 32],
            Type = SampleType.UInt8,
            Data = File.ReadAllBytes(Shared.Path("data", "cifar10", "train_batch1_first_x_u8_nchw_761x3x32x32.bin")),
        };
        var test = images with { Data = File.ReadAllBytes(Shared.Path("data", "cifar10", "test_first_x_u8_nchw_761x3x32x32.bin")) };
        return Measure(
            "mlperf_resnet8_fp32",
            [1, 3, 32, 32],
            images.Take(100),
            (test with { Labels = Labels("cifar10/test_first_y_u8_761.bin") }).Take(200),
            options
        );
    }

    private static AccuracyReport Measure(
        string name,
        int[] dims,
        SampleSet calibration,
        SampleSet test,
        QuantizationOptions? options = null
    )
    {
        var bytes = File.ReadAllBytes(Shared.Path("models", "onnx", name + ".onnx"));
        var model = OnnxReader.Read(bytes, name).Value;
        var network = UnquantizedModel.Of(model, name).Value;
        Assert.Equal(dims, network.Input.Dims);
        var quantized = Quantizer.Quantize(network, calibration, options ?? new());
        Assert.Empty(quantized.Diagnostics);
        return AccuracyReport.Measure(bytes, quantized.Value, test).Value;
    }

    /// <summary>Spread over a file, which holds one digit after the other.</summary>
    private static SampleSet Digits(Stream pixels, int count, ImmutableArray<int>? labels = null)
    {
        using var all = new MemoryStream();
        using (pixels)
            pixels.CopyTo(all);
        return new SampleSet
        {
            Dims = [1, 1, 28, 28],
            Type = SampleType.UInt8,
            Data = all.ToArray(),
            Labels = labels,
        }.Take(count);
    }

    private static Stream Open(string file) => File.OpenRead(Shared.Path("data", "mnist", file));

    private static ImmutableArray<int> Labels(string file) => [.. File.ReadAllBytes(Shared.Path("data", file)).Select(b => (int)b)];
}

/// <summary>A test that needs ../shared and ONNX Runtime; skipped, visibly, where one is absent.</summary>
public sealed class SharedOnnxRuntimeFactAttribute : FactAttribute
{
    public SharedOnnxRuntimeFactAttribute() =>
        Skip =
            !Shared.IsPresent ? "../shared is absent"
            : OnnxRuntimeLibrary.Locate().Succeeded ? null
            : "ONNX Runtime is not installed";
}
