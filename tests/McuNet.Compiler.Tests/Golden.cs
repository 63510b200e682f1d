using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;

namespace McuNet.Compiler.Tests;

/// <summary>A model with its golden vectors: inputs and outputs as ONNX Runtime saw them, in ONNX order.</summary>
internal sealed class Golden
{
    private readonly string _name;
    private readonly string _folder;
    private readonly JsonElement _json;

    public Golden(string name)
        : this(name, Shared.Path("models", "onnx", name + ".onnx"), Shared.Path("models", "golden", name)) { }

    private Golden(string name, string model, string folder)
    {
        (_name, _folder, Model) = (name, folder, File.ReadAllBytes(model));
        _json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json"))).RootElement;
    }

    public byte[] Model { get; }

    /// <summary>A small model after a public bug report, or null where it has no golden vectors.</summary>
    public static Golden? OfCase(string name) =>
        File.Exists(Shared.Path("cases", name, "golden.json"))
            ? new(name, Shared.Path("cases", name + ".onnx"), Shared.Path("cases", name))
            : null;

    public int CaseCount => _json.GetProperty("cases").GetArrayLength();

    public NetworkGraph Compile() => ModelCompiler.Network(Model, _name, _name).Value;

    public byte[] Input(int index, int port) => Read(index, "inputs", port);

    public byte[] Output(int index, int port) => Read(index, "outputs", port);

    /// <summary>What ONNX Runtime computes without optimisation.</summary>
    public byte[] UnoptimisedOutput(int index, int port) =>
        Read(index, _json.GetProperty("cases")[index].TryGetProperty("outputs_noopt", out _) ? "outputs_noopt" : "outputs", port);

    public static byte[] ReadLayer(string name, string file) =>
        File.ReadAllBytes(Shared.Path("models", "golden", name, "layers_case4", file));

    /// <summary>Runs one case; outputs come back in ONNX order.</summary>
    public IReadOnlyList<byte[]> Run(NetworkGraph graph, int index)
    {
        var inputs = graph
            .Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, ToStored(Handed(index, i, p.Element), graph, p)))
            .ToArray();
        var outputs = ReferenceEvaluator.Run(graph, inputs);
        return graph.Outputs.Select((p, i) => ToOnnx(outputs[i].Bytes, graph, p)).ToArray();
    }

    /// <summary>An input as the network takes it: vectors are stored as integers, of which a network on real numbers gets the real
    /// numbers.</summary>
    private byte[] Handed(int index, int port, ElementType element)
    {
        var (stored, input) = (Input(index, port), _json.GetProperty("inputs")[port]);
        if (element != ElementType.Float32 || !input.TryGetProperty("q_dtype", out var type))
            return stored;
        var (scale, zero) = (input.GetProperty("scale").GetSingle(), input.GetProperty("zero_point").GetInt32());
        float[] reals = [.. stored.Select(b => ((type.GetString() == "uint8" ? b : (sbyte)b) - zero) * scale)];
        return MemoryMarshal.AsBytes(reals.AsSpan()).ToArray();
    }

    /// <summary>Compares one output of one case.</summary>
    public Comparison Compare(byte[] actual, int index, int port, ElementType element) => Compare(actual, Output(index, port), element);

    /// <summary>Compares two outputs in ONNX order.</summary>
    public static Comparison Compare(byte[] actual, byte[] expected, ElementType element)
    {
        if (element == ElementType.Float32)
        {
            var a = MemoryMarshal.Cast<byte, float>(actual);
            var e = MemoryMarshal.Cast<byte, float>(expected);
            var (largest, magnitude) = (0f, 0f);
            for (var i = 0; i < e.Length; i++)
                (largest, magnitude) = (MathF.Max(largest, MathF.Abs(a[i] - e[i])), MathF.Max(magnitude, MathF.Abs(e[i])));
            return new(e.Length, largest > 0 ? 1 : 0, largest, Top(a) == Top(e))
            {
                Relative = magnitude == 0 ? largest : largest / magnitude,
            };
        }

        var differences = expected
            .Zip(actual, (e, a) => element == ElementType.UInt8 ? Math.Abs(e - a) : Math.Abs((sbyte)e - (sbyte)a))
            .ToArray();
        return new(
            expected.Length,
            differences.Count(d => d > 0),
            differences.Max(),
            TopInteger(actual, element) == TopInteger(expected, element)
        );
    }

    public static byte[] ToStored(byte[] onnx, NetworkGraph graph, GraphPort port) =>
        port.StoredOrder ? onnx : Reorder(onnx, graph[port.Tensor].Type, true);

    public static byte[] ToOnnx(byte[] stored, NetworkGraph graph, GraphPort port) =>
        port.StoredOrder ? stored : Reorder(stored, graph[port.Tensor].Type, false);

    private static byte[] Reorder(byte[] from, TensorType type, bool toStored)
    {
        var (shape, size) = (type.Shape, type.Element.Size());
        var to = new byte[from.Length];
        for (var p = 0; p < shape.Height * shape.Width; p++)
        {
            for (var c = 0; c < shape.Channels; c++)
            {
                var (stored, onnx) = ((p * shape.Channels + c) * size, (c * shape.Height * shape.Width + p) * size);
                Array.Copy(from, toStored ? onnx : stored, to, toStored ? stored : onnx, size);
            }
        }

        return to;
    }

    private static int Top(ReadOnlySpan<float> values)
    {
        var top = 0;
        for (var i = 1; i < values.Length; i++)
            top = values[i] > values[top] ? i : top;
        return top;
    }

    private static int TopInteger(byte[] values, ElementType element) =>
        Top(values.Select(v => element == ElementType.UInt8 ? v : (float)(sbyte)v).ToArray());

    /// <summary>Numbers that ONNX has as int64 are int32 here.</summary>
    private byte[] Read(int index, string kind, int port)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, _json.GetProperty("cases")[index].GetProperty(kind)[port].GetString()!));
        var tensor = _json.GetProperty(kind == "inputs" ? "inputs" : "outputs")[port];
        return tensor.TryGetProperty("stored", out var stored) && stored.GetString() == "int64"
            ? MemoryMarshal
                .AsBytes(MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(v => checked((int)v)).ToArray().AsSpan())
                .ToArray()
            : bytes;
    }
}

/// <summary>How one output differs from the golden one; the largest difference is in output steps, for float32 absolute.</summary>
internal sealed record Comparison(int Elements, int Mismatches, float Largest, bool SameTop)
{
    /// <summary>Of real numbers the largest difference over the largest magnitude; else 0.</summary>
    public float Relative { get; init; }
}
