using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Runtimes.Tests.OnnxRuntime;

public class OnnxSessionTests
{
    [OnnxRuntimeTheory]
    [InlineData("coral_mbv1_025_128_uint8")]
    [InlineData("mcunet_detection_int8")]
    [InlineData("mcunet_vww_int8")]
    [InlineData("mlperf_ad01_int8")]
    [InlineData("mlperf_ad01_qlinear")]
    [InlineData("mlperf_kws_dscnn_int8")]
    [InlineData("mlperf_resnet8_int8")]
    [InlineData("mlperf_resnet8_qlinear")]
    [InlineData("mlperf_resnet8_qop_ort")]
    [InlineData("mlperf_vww_int8")]
    [InlineData("mltk_fingerprint_int8")]
    [InlineData("mltk_kws_onoff_int8")]
    [InlineData("mltk_rps_int8")]
    [InlineData("mww_okay_nabu_stream_int8")]
    [InlineData("tflm_hello_int8")]
    [InlineData("tflm_micro_speech_int8")]
    public void Run_QuantisedModel_GivesGoldenBytes(string model) => AssertGolden(model, OnnxOptimisation.Default, floatTolerance: 0);

    [OnnxRuntimeTheory]
    [InlineData("mcunet_vww_int8")]
    [InlineData("coral_mbv1_025_128_uint8")]
    public void Run_OptimisationsDisabled_GivesUnoptimisedGoldenBytes(string model) =>
        AssertGolden(model, OnnxOptimisation.Disabled, floatTolerance: 0);

    [OnnxRuntimeTheory]
    [InlineData("atmega_mnist_fp32")]
    [InlineData("lenet300_int8")]
    [InlineData("lesson9_mlp_fp32")]
    [InlineData("mlperf_kws_w8_fp32act")]
    [InlineData("mlperf_resnet8_fp32")]
    [InlineData("mnist8_cntk_fp32")]
    [InlineData("tflm_lstm_mnist_fp32")]
    [InlineData("ultraface_slim320_fp32")]
    public void Run_FloatModel_IsCloseToGolden(string model) => AssertGolden(model, OnnxOptimisation.Default, floatTolerance: 1e-4f);

    [OnnxRuntimeFact]
    public void Open_RealModel_StatesNamesTypesAndShapes()
    {
        using var session = OnnxSession.Open(ModelBytes("mlperf_kws_dscnn_int8"));

        var input = Assert.Single(session.Inputs);
        Assert.Equal(("input", OnnxElementType.Float32), (input.Name, input.ElementType));
        Assert.Equal([1L, 1, 49, 10], input.Dims.ToArray());
        var output = Assert.Single(session.Outputs);
        Assert.Equal([1L, 12], output.Dims.ToArray());
    }

    [OnnxRuntimeFact]
    public void Open_GarbageBytes_ThrowsWithOnnxRuntimesMessage()
    {
        var thrown = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open([1, 2, 3, 4]));

        Assert.Equal("MCU7016", thrown.Diagnostic.Id);
        Assert.Contains("load the model", thrown.Message, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void Run_WrongShape_ThrowsAndSessionStaysUsable()
    {
        using var session = OnnxSession.Open(ModelBytes("tflm_hello_int8"));

        Assert.Throws<OnnxRuntimeException>(() => session.Run([OnnxTensor.Float("input", [1, 2], [0f, 0f])]));
        Assert.Single(session.Run([OnnxTensor.Float("input", [1, 1], [0f])]));
    }

    [OnnxRuntimeFact]
    public void Run_AfterDispose_Throws()
    {
        var session = OnnxSession.Open(ModelBytes("tflm_hello_int8"));
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Run([OnnxTensor.Float("input", [1, 1], [0f])]));
    }

    [OnnxRuntimeFact]
    public void Open_SaveOptimizedPath_WritesALoadableModel()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("mcunet-test-").FullName, "optimised é.onnx");
        try
        {
            using (OnnxSession.Open(ModelBytes("tflm_hello_int8"), new OnnxSessionOptions { SaveOptimizedPath = path })) { }
            using var again = OnnxSession.Open(File.ReadAllBytes(path));
            Assert.Equal("input", again.Inputs[0].Name);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [OnnxRuntimeFact]
    public void Optimise_QuantizedModel_GivesAModelWithTheSameOutputs()
    {
        var optimised = OnnxSession.Optimise(ModelBytes("tflm_hello_int8"));

        OnnxTensor input = OnnxTensor.Float("input", [1, 1], [1.5f]);
        using var before = OnnxSession.Open(ModelBytes("tflm_hello_int8"));
        using var after = OnnxSession.Open(optimised, new OnnxSessionOptions { Optimisation = OnnxOptimisation.Disabled });
        Assert.NotEqual(ModelBytes("tflm_hello_int8"), optimised);
        Assert.Equal(before.Run([input])[0].Data, after.Run([input])[0].Data);
    }

    private static byte[] ModelBytes(string model) => File.ReadAllBytes(Path.Combine(Folders.Models, "onnx", model + ".onnx"));

    private static void AssertGolden(string model, OnnxOptimisation level, float floatTolerance)
    {
        var golden = GoldenCases.Read(Path.Combine(Folders.Models, "golden", model)).Value;
        using var session = OnnxSession.Open(ModelBytes(model), new OnnxSessionOptions { Optimisation = level });
        Assert.NotEmpty(golden.Cases);
        foreach (var c in golden.Cases)
        {
            var actual = session.Run(golden.Inputs.Zip(c.Inputs, (tensor, bytes) => tensor.ToGraph(bytes)).ToArray());
            var expected = level == OnnxOptimisation.Default ? c.Outputs : c.OutputsUnoptimised;
            for (var i = 0; i < expected.Length; i++)
            {
                var value = actual.Single(a => a.Name == golden.Outputs[i].Name);
                if (golden.Outputs[i].Scale is not null)
                    Assert.Equal(expected[i], golden.Outputs[i].FromGraph(value));
                else
                    AssertClose(MemoryMarshal.Cast<byte, float>(expected[i]), value.Floats, floatTolerance);
            }
        }
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(
                actual[i],
                expected[i] - tolerance * MathF.Max(1, MathF.Abs(expected[i])),
                expected[i] + tolerance * MathF.Max(1, MathF.Abs(expected[i]))
            );
    }
}
