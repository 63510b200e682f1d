using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests;
using McuNet.Compiler.TfLite;

namespace McuNet.Conformance.TfLite;

/// <summary>
/// A case of TFLite Micro's integration tests: a model of one operator, its operands and the result of that runtime, as <c>NAME.tflite</c>,
/// <c>NAME_inputK_TYPE.csv</c> and <c>NAME_golden_TYPE.csv</c> in the order of the model's own tensors.
/// </summary>
internal sealed record PeerCase(string Name, TfLiteGraph Model, NetworkGraph Network, ImmutableArray<double[]> Operands, double[] Golden)
{
    /// <summary>The folder of cases, one folder in it for each operator.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("MCUNET_TFLM_SUITE") is { Length: > 0 } folder ? folder
        : Shared.IsPresent ? Shared.Path("peer", "tflm")
        : null;

    public static IEnumerable<string> Names =>
        Folder is { } folder && Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.tflite", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    /// <summary>The case, or why it is refused.</summary>
    public static (PeerCase? Case, string Refused) Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var network = ModelCompiler.Network(bytes, file, "net");
        if (!network.Succeeded)
            return (null, string.Join(" | ", network.Diagnostics.Select(d => $"{d.Id} {d.Message}")));
        var graph = TfLiteReader.Read(bytes, file).Value.Graphs[0];
        var operands = graph.Inputs.Select((_, i) => Csv(file, $"{name}_input{i}_")).ToImmutableArray();
        return (new(name, graph, network.Value, operands, Csv(file, $"{name}_golden_")), "");
    }

    /// <summary>Operands as the network takes them: integers of a byte as they are, what has no such type as the real numbers that it
    /// stands for.</summary>
    public byte[][] Inputs() =>
        [
            .. Network.Inputs.Select(
                (port, i) =>
                {
                    var (tensor, type) = (Model.Tensors[Model.Inputs[i]], Network[port.Tensor].Type);
                    byte[] bytes =
                        type.Element == ElementType.Float32
                            ? MemoryMarshal.AsBytes(Operands[i].Select(q => (float)Real(tensor, q)).ToArray().AsSpan()).ToArray()
                            : [.. Operands[i].Select(q => unchecked((byte)(int)q))];
                    return tensor.Dims.Length == 4 ? bytes : Stored(bytes, port);
                }
            ),
        ];

    /// <summary>The result as the model's output has it.</summary>
    public double[] Result(byte[] output)
    {
        var (port, tensor) = (Network.Outputs[0], Model.Tensors[Model.Outputs[0]]);
        var type = Network[port.Tensor].Type;
        var bytes = tensor.Dims.Length == 4 ? output : Compiler.Tests.Golden.ToOnnx(output, Network, port);
        return type.Element switch
        {
            ElementType.Float32 => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(r => Integer(tensor, r))],
            ElementType.Int8 => [.. bytes.Select(b => (double)(sbyte)b)],
            _ => [.. bytes.Select(b => (double)b)],
        };
    }

    private byte[] Stored(byte[] bytes, GraphPort port) => Compiler.Tests.Golden.ToStored(bytes, Network, port);

    private static double Real(TfLiteTensor tensor, double value) =>
        tensor.IsQuantized ? (value - tensor.Quantization!.ZeroPoints[0]) * (double)tensor.Quantization.Scales[0] : value;

    private static double Integer(TfLiteTensor tensor, float value) =>
        tensor.IsQuantized
            ? Math.Clamp(
                Math.Round(value / (double)tensor.Quantization!.Scales[0]) + tensor.Quantization.ZeroPoints[0],
                short.MinValue,
                short.MaxValue
            )
            : value;

    private static double[] Csv(string file, string prefix)
    {
        var path = Directory.GetFiles(Path.GetDirectoryName(file)!, $"{prefix}*.csv").Single();
        return
        [
            .. File.ReadAllText(path)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(v => double.Parse(v, CultureInfo.InvariantCulture)),
        ];
    }
}
