using System.Linq;
using McuNet.Compiler.Graph;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests;

public sealed class GoldenModelTests(ITestOutputHelper output)
{
    [SharedTheory]
    [InlineData("mlperf_ad01_int8", 0)]
    [InlineData("mlperf_ad01_qlinear", 0)]
    [InlineData("mlperf_kws_dscnn_int8", 0)]
    [InlineData("mlperf_resnet8_int8", 0)]
    [InlineData("mlperf_resnet8_qlinear", 0)]
    [InlineData("mlperf_resnet8_qop_ort", 0)]
    [InlineData("mlperf_vww_int8", 0)]
    [InlineData("mcunet_vww_int8", 0)]
    [InlineData("mcunet_detection_int8", 0)]
    [InlineData("tflm_micro_speech_int8", 0)]
    [InlineData("tflm_hello_int8", 0)]
    [InlineData("lenet300_int8", 1e-5f)]
    [InlineData("mltk_rps_int8", 0)]
    [InlineData("mltk_fingerprint_int8", 1)]
    [InlineData("mltk_kws_onoff_int8", 0)]
    [InlineData("coral_mbv1_025_128_uint8", 0)]
    [InlineData("mww_okay_nabu_stream_int8", 0)]
    public void ReferenceEvaluator_RealModel_MatchesGoldenVectors(string name, float tolerance)
    {
        var golden = new Golden(name);
        var graph = golden.Compile();
        for (var port = 0; port < graph.Outputs.Length; port++)
        {
            var element = graph.Outputs[port].Element;
            var results = Enumerable
                .Range(0, golden.CaseCount)
                .Select(i => golden.Compare(golden.Run(graph, i)[port], i, port, element))
                .ToArray();
            output.WriteLine(
                $"{name} {graph.Outputs[port].Name}: cases {results.Length}, exact {results.Count(r => r.Mismatches == 0)}, elements {results.Sum(r => r.Elements)}, mismatches {results.Sum(r => r.Mismatches)}, largest {results.Max(r => r.Largest)}, top {results.Count(r => r.SameTop)}"
            );
            Assert.All(results, r => Assert.True(r.Largest <= tolerance, $"{name}: {r}"));
            Assert.All(results, r => Assert.True(r.SameTop));
        }
    }

    /// <summary>Models on real numbers: a ten-thousandth of the largest number of a tensor from one end to the other, and the same largest
    /// number.</summary>
    [SharedTheory]
    [InlineData("atmega_mnist_fp32")]
    [InlineData("lesson9_mlp_fp32")]
    [InlineData("mlperf_kws_w8_fp32act")]
    [InlineData("mlperf_resnet8_fp32")]
    [InlineData("mnist8_cntk_fp32")]
    [InlineData("tflm_lstm_mnist_fp32")]
    public void ReferenceEvaluator_FloatModel_IsWithinATenThousandth(string name)
    {
        var golden = new Golden(name);
        var graph = golden.Compile();
        var results = Enumerable
            .Range(0, golden.CaseCount)
            .Select(i => golden.Compare(golden.Run(graph, i)[0], i, 0, ElementType.Float32))
            .ToArray();
        output.WriteLine(
            $"{name}: cases {results.Length}, elements {results.Sum(r => r.Elements)}, largest {results.Max(r => r.Largest)}, relative {results.Max(r => r.Relative)}"
        );
        Assert.All(results, r => Assert.True(r.Relative <= 1e-4f && r.SameTop, $"{name}: {r}"));
    }
}
