using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Streaming;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>
/// Networks whose window moves on, slice after slice in one arena: when the window is full, each slice gives what the whole network gives
/// on the window that it ends, bit for bit.
/// </summary>
public sealed class SlidingTests
{
    /// <summary>Behind those that fill the window.</summary>
    private const int Slices = 32;

    private static readonly Dictionary<string, Lazy<Stream>> Streams = new()
    {
        ["signal"] = new(() => Stream.Of(StreamingNetworks.Signal(), 4)),
        ["temporal"] = new(() => Stream.Of(StreamingNetworks.Temporal(), 3)),
        ["keyword"] = new(() => Stream.Of(StreamingNetworks.Keyword(), 6)),
        ["spectrogram"] = new(() => Stream.Of(StreamingNetworks.Spectrogram(), 2, dimension: 3)),
        ["words"] = new(() => Stream.Of(StreamingNetworks.Words(), 3)),
        ["kws"] = new(() => Stream.Of(new Golden("mlperf_kws_dscnn_int8").Compile(), 2)),
    };

    /// <param name="Expected">By slice: outputs and states of the reference, whose outputs are those of the windows.</param>
    private sealed record Stream(Windows Windows, ImmutableArray<IReadOnlyList<byte[]>> Slices, Outputs Expected)
    {
        public static Stream Of(NetworkGraph whole, int hop, int? dimension = null)
        {
            var windows = Windows.Of(whole, hop, dimension: dimension);
            var count = windows.Sliding.Sliding!.WarmUp + SlidingTests.Slices;
            Assert.Null(windows.Difference(count));
            var slices = windows.Slices(count);
            return new(windows, slices, new(StatefulNetwork.Reference(windows.Sliding, slices)));
        }
    }

    [HostCompilerTheory]
    [InlineData("signal", Objective.Fit, true)]
    [InlineData("temporal", Objective.Memory, false)]
    [InlineData("keyword", Objective.Memory, true)]
    [InlineData("spectrogram", Objective.Memory, false)]
    [InlineData("words", Objective.Memory, false)]
    public void HostC_Slices_GiveWhatTheirWindowsDo(string network, Objective objective, bool stepped) =>
        Streams[network].Value.Expected.AssertEqual("host C", OnHost(Streams[network].Value, objective, stepped));

    [RealModelTheory]
    [InlineData(Objective.Fit)]
    public void HostC_KeywordSpotting_GivesWhatItsWindowsDo(Objective objective) =>
        Streams["kws"].Value.Expected.AssertEqual("host C", OnHost(Streams["kws"].Value, objective, stepped: false));

    [Theory]
    [InlineData("signal", Objective.Memory)]
    [InlineData("temporal", Objective.Fit)]
    [InlineData("keyword", Objective.Fit)]
    [InlineData("spectrogram", Objective.Fit)]
    [InlineData("words", Objective.Fit)]
    public void CSharp_Slices_GiveWhatTheirWindowsDo(string network, Objective objective)
    {
        var stream = Streams[network].Value;
        stream.Expected.AssertEqual(
            "C#",
            new(new ManagedNetwork(StreamedModel.Compile(stream.Windows.Sliding, objective)).RunStream(stream.Slices))
        );
    }

    [ArmTheory]
    [InlineData("cortex-m4f", "stm32l4r5", "signal")]
    [InlineData("cortex-m4f", "stm32l4r5", "temporal")]
    [InlineData("cortex-m4f", "stm32l4r5", "keyword")]
    [InlineData("cortex-m4f", "stm32l4r5", "spectrogram")]
    [InlineData("cortex-m0", "stm32g0b1", "signal")]
    [InlineData("cortex-m55", "corstone300", "temporal")]
    public void Board_Slices_GiveWhatTheirWindowsDo(string board, string device, string network)
    {
        var stream = Streams[network].Value;
        var model = StreamedModel.Compile(stream.Windows.Sliding, Objective.Fit, device: device);
        stream.Expected.AssertEqual(board, StreamedModel.OnBoard(board, model, stream.Slices));
    }

    [RealModelInOnnxRuntimeTheory]
    [InlineData("mlperf_kws_dscnn_int8")]
    public void Slices_OfKeywordSpotting_GiveWhatOnnxRuntimeGivesForTheirWindows(string model)
    {
        var (windows, expected) = (Streams["kws"].Value.Windows, Streams["kws"].Value.Expected);
        using var session = OnnxSession.Open(File.ReadAllBytes(Shared.Path($"models/onnx/{model}.onnx")));
        var (input, output) = (windows.Whole[windows.Whole.Inputs[0].Tensor].Type, windows.Whole[windows.Whole.Outputs[0].Tensor].Type);
        for (var n = windows.Sliding.Sliding!.WarmUp; n < expected.Cases.Length; n++)
        {
            var reals = new TensorData(input, windows.WindowOf(n)).Reals().Select(v => (float)v).ToArray();
            var dims = windows.Whole.Inputs[0].Dims.Select(d => (long)d);
            var results = session.Run([OnnxTensor.Float(session.Inputs[0].Name, [.. dims], reals)])[0].Floats.ToArray();
            Assert.Equal(new TensorData(output, expected.Cases[n][0]).Reals().Select(v => (float)v), results);
        }
    }

    /// <summary>Random networks on random slices; their reference is compared with windows elsewhere.</summary>
    [HostCompilerFact]
    public void HostC_RandomNetworks_GiveWhatTheirReferenceDoes()
    {
        foreach (var seed in new[] { 3, 11, 26 })
        {
            var whole = RandomNetwork.Build(seed, asymmetric: false);
            var step = SlidingNetwork.HopStep(whole, whole.Inputs[0].Tensor, 1, isPadded: true).Rows;
            var windows = new Windows(whole, SlidingNetwork.Of(whole, 0, step, axis: 2, isPadded: true).Graph, seed);
            var slices = windows.Slices(5);
            var stream = new Stream(windows, slices, new(StatefulNetwork.Reference(windows.Sliding, slices)));
            stream.Expected.AssertEqual($"seed {seed}", OnHost(stream, Objective.Memory, stepped: seed % 2 == 1));
        }
    }

    private static Outputs OnHost(Stream stream, Objective objective, bool stepped) =>
        StreamedModel.OnHost(StreamedModel.Compile(stream.Windows.Sliding, objective, stepped), stream.Slices);
}
