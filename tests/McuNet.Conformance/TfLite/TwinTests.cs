using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests;
using McuNet.Options;
using Xunit;

namespace McuNet.Conformance.TfLite;

/// <summary>Published .tflite files beside what an independent program made of them in ONNX.</summary>
public sealed class TwinTests
{
    /// <summary>
    /// Where the twin lacks something: an LSTM its cell clip, which ONNX has no attribute for; a streaming model the names of its states,
    /// which are variables in TFLite and ports under other names here.
    /// </summary>
    public static TheoryData<string> Equal =>
        [
            "coral_mbv1_025_128_uint8",
            "lenet300_int8",
            "mcunet_detection_int8",
            "mcunet_vww_int8",
            "mlperf_ad01_int8",
            "mlperf_kws_dscnn_int8",
            "mlperf_kws_w8_fp32act",
            "mlperf_resnet8_fp32",
            "mlperf_resnet8_int8",
            "mlperf_vww_int8",
            "mltk_fingerprint_int8",
            "mltk_kws_onoff_int8",
            "mltk_rps_int8",
            "tflm_hello_int8",
            "tflm_micro_speech_int8",
        ];

    /// <summary>Kernels, constants, schedule and arena are in the text, and so outputs are equal too.</summary>
    [SharedTheory]
    [MemberData(nameof(Equal))]
    public void Build_TfLiteFile_GivesTheTextOfItsTwinUpToNames(string name)
    {
        var (expected, actual) = (Files(Path.Combine("onnx", $"{name}.onnx")), Files(Path.Combine("tflite", $"{name}.tflite")));
        Assert.Equal(expected.Select(f => f.Name), actual.Select(f => f.Name));
        foreach (var (e, a) in expected.Zip(actual))
            Assert.Equal(e.Text, a.Text);
    }

    [SharedTheory]
    [InlineData("tflm_lstm_mnist_fp32")]
    [InlineData("mww_okay_nabu_stream_int8")]
    public void Evaluate_ModelWhoseTwinLacksSomething_GivesTheOutputsOfTheTwin(string name)
    {
        var (twin, graph) = (Network(Path.Combine("onnx", $"{name}.onnx")), Network(Path.Combine("tflite", $"{name}.tflite")));
        var random = new System.Random(5);
        TensorData[] inputs = [.. graph.Inputs.Select(p => Drawn(graph[p.Tensor].Type, random))];
        Assert.Equal(twin.Inputs.Select(p => twin[p.Tensor].Type), graph.Inputs.Select(p => graph[p.Tensor].Type));
        Assert.Equal(ReferenceEvaluator.Run(twin, inputs).Select(o => o.Bytes), ReferenceEvaluator.Run(graph, inputs).Select(o => o.Bytes));
    }

    [SharedFact]
    public void Network_LstmWithACellClip_KeepsIt() =>
        Assert.Equal(
            10,
            Assert
                .Single(Network(Path.Combine("tflite", "tflm_lstm_mnist_fp32.tflite")).Nodes.Select(n => n.Operator).OfType<Recurrent>())
                .CellLimit
        );

    [SharedFact]
    public void Network_Variables_AreNamedPorts()
    {
        var graph = Network(Path.Combine("tflite", "mww_okay_nabu_stream_int8.tflite"));
        string[] states = ["stream_1/states", "stream_2/states", "stream_3/states", "stream_4/states", "stream_5/states", "stream/states"];
        Assert.Equal(states, graph.Inputs.Skip(1).Select(p => p.Name));
        Assert.Equal(states.Select(s => $"{s}_next").Order(), graph.Outputs.Skip(1).Select(p => p.Name).Order());
    }

    private static TensorData Drawn(TensorType type, System.Random random)
    {
        var data = new TensorData(type);
        if (type.Element != ElementType.Float32)
            random.NextBytes(data.Bytes);
        for (var i = 0; type.Element == ElementType.Float32 && i < type.Shape.Elements; i++)
            data.Float32[i] = random.NextSingle();
        return data;
    }

    private static NetworkGraph Network(string file) =>
        ModelCompiler.Network(File.ReadAllBytes(Shared.Path("models", file)), file, "net").Value;

    private static IEnumerable<(string Name, string Text)> Files(string file)
    {
        var device = DeviceDatabase.Find("stm32h743").Value;
        var options = new CompileOptions
        {
            Name = "net",
            Device = device,
            Budgets = new Budgets(),
        };
        var compiled = ModelCompiler.Compile(Unnamed(Network(file)), options);
        Assert.True(compiled.Succeeded, string.Join('\n', compiled.Diagnostics));
        return compiled.Value.Emitted("", []).Files.Select(f => (f.Name, f.Text));
    }

    /// <summary>The network with numbers for names.</summary>
    private static NetworkGraph Unnamed(NetworkGraph graph) =>
        graph with
        {
            Tensors = [.. graph.Tensors.Select(t => t with { Name = $"t{t.Id.Value}" })],
            Nodes = [.. graph.Nodes.Select(n => n with { Name = $"n{n.Id.Value}" })],
            Inputs = [.. graph.Inputs.Select((p, i) => p with { Name = $"in{i}" })],
            Outputs = [.. graph.Outputs.Select((p, i) => p with { Name = $"out{i}" })],
        };
}
