using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests;
using McuNet.Options;

namespace McuNet.Conformance.Suite;

/// <summary>A case between integers.</summary>
/// <param name="Steps">The largest difference of an output from the rounded result on real numbers, in steps; -1 where the case is
/// refused.</param>
/// <param name="Inputs">Of the network, as it stores them.</param>
internal sealed record QuantizedResult(string Case, int Steps, string Reason, CompiledModel? Model = null, byte[][]? Inputs = null);

/// <summary>
/// An ordinary case whose operands are quantised as int8 and whose results too, each over its own range, weights of linear layers included;
/// against the same case on the real numbers that the integers stand for.
/// </summary>
internal static class SuiteQuantized
{
    private static readonly string[] Linear = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    /// <param name="test">A case that passes on real numbers, in the form in which it does.</param>
    public static QuantizedResult Run(SuiteCase test)
    {
        try
        {
            var inputs = test.Inputs.ToDictionary(t => t.Name, t => Parameters(Reals(t)));
            var outputs = test
                .Model.Graph.Outputs.Select((o, i) => (o.Name, Parameters(Reals(test.Outputs[i]))))
                .ToDictionary(o => o.Name, o => o.Item2);
            var weights = Weights(test.Model.Graph);
            var real = ModelCompiler.Network(With(test.Model, weights.Values.Select(w => w.Real)), "net");
            var whole = ModelCompiler.Network(Wrapped(test.Model, inputs, outputs, weights), "net");
            if (!whole.Succeeded)
                return new(test.Name, -1, Text(whole.Diagnostics));
            var options = new CompileOptions
            {
                Name = "net",
                Device = DeviceDatabase.Find("stm32f746").Value,
                Budgets = new Budgets(SramBytes: 1 << 24, FlashBytes: 1 << 26),
            };
            var compiled = ModelCompiler.Compile(whole.Value, options);
            if (!compiled.Succeeded)
                return new(test.Name, -1, Text(compiled.Diagnostics));
            var expected = ReferenceEvaluator.Run(
                real.Value,
                [.. real.Value.Inputs.Select(p => Operand(test, p, real.Value, inputs[p.Name]))]
            );
            TensorData[] stored = [.. whole.Value.Inputs.Select(p => Operand(test, p, whole.Value, inputs[p.Name]))];
            var actual = ReferenceEvaluator.Run(whole.Value, stored);
            var steps = actual
                .Select(
                    (a, i) =>
                        Steps(
                            Golden.ToOnnx(expected[i].Bytes, real.Value, real.Value.Outputs[i]),
                            Golden.ToOnnx(a.Bytes, whole.Value, whole.Value.Outputs[i]),
                            a.Type,
                            outputs[whole.Value.Outputs[i].Name]
                        )
                )
                .Max();
            return new(test.Name, steps, "", compiled.Value.Model, [.. stored.Select(s => s.Bytes)]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(test.Name, int.MaxValue, e.ToString());
        }
    }

    private static string Text(IEnumerable<Diagnostics.Diagnostic> diagnostics) =>
        string.Join(" | ", diagnostics.Select(d => $"{d.Descriptor.Id} {d.Message}"));

    private static float[] Reals(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    /// <summary>256 steps from the least to the largest, 0 among them.</summary>
    private static QuantizationParameters Parameters(float[] values)
    {
        var finite = values.Where(float.IsFinite).Append(0).ToArray();
        var (least, range) = (finite.Min(), finite.Max() - finite.Min());
        var scale = range > 0 ? range / 255 : 1f;
        return new(scale, (int)Math.Round(-128 - least / (double)scale));
    }

    private static int Integer(float value, QuantizationParameters q) =>
        float.IsNaN(value) ? q.ZeroPoint : (int)Math.Clamp(MathF.Round(value / q.Scale) + q.ZeroPoint, -128, 127);

    /// <summary>An operand as a network takes it: integers, or the real numbers that they stand for.</summary>
    private static TensorData Operand(SuiteCase test, GraphPort port, NetworkGraph graph, QuantizationParameters q)
    {
        var type = graph[port.Tensor].Type;
        int[] integers = [.. Reals(test.Inputs.Single(t => t.Name == port.Name)).Select(v => Integer(v, q))];
        var bytes = type.IsQuantized
            ? [.. integers.Select(i => (byte)(i - q.ZeroPoint + type.ZeroPoint))]
            : MemoryMarshal.AsBytes(integers.Select(q.Real).ToArray().AsSpan()).ToArray();
        return new(type, Golden.ToStored(bytes, graph, port));
    }

    /// <summary>How far integers, or real numbers that they stand for, are from real numbers that are rounded here.</summary>
    private static int Steps(byte[] expected, byte[] actual, TensorType type, QuantizationParameters q)
    {
        var wanted = MemoryMarshal.Cast<byte, float>(expected).ToArray().Select(v => Integer(v, q));
        var given = type.Element switch
        {
            ElementType.Float32 => MemoryMarshal.Cast<byte, float>(actual).ToArray().Select(v => Integer(v, q)),
            ElementType.Int8 => actual.Select(b => (int)(sbyte)b),
            _ => actual.Select(b => b - 128),
        };
        return wanted.Zip(given, (w, g) => Math.Abs(w - g)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Weights of linear layers as int8 without zero point, and as the real numbers that those stand for.</summary>
    private static Dictionary<string, (OnnxTensor Integer, OnnxTensor Real, float Scale)> Weights(OnnxGraph graph)
    {
        var names = graph.Nodes.Where(n => Linear.Contains(n.Operator) && n.Inputs.Length > 1).Select(n => n.Inputs[1]).ToHashSet();
        return graph
            .Initializers.Where(t => names.Contains(t.Name) && t.Type == OnnxType.Float)
            .ToDictionary(
                t => t.Name,
                tensor =>
                {
                    var values = Reals(tensor);
                    var scale = values.Select(Math.Abs).DefaultIfEmpty(0).Max() is > 0 and var largest ? largest / 127 : 1f;
                    sbyte[] integers = [.. values.Select(v => (sbyte)Math.Clamp(Math.Round(v / (double)scale), -127, 127))];
                    return (
                        OnnxTensor.Of<sbyte>($"{tensor.Name}_int8", OnnxType.Int8, tensor.Dims, integers),
                        OnnxTensor.Of<float>(tensor.Name, OnnxType.Float, tensor.Dims, integers.Select(i => i * scale).ToArray()),
                        scale
                    );
                }
            );
    }

    private static OnnxModel With(OnnxModel model, IEnumerable<OnnxTensor> constants)
    {
        var given = constants.ToArray();
        return model with
        {
            Graph = model.Graph with
            {
                Initializers = [.. model.Graph.Initializers.Where(i => given.All(g => g.Name != i.Name)), .. given],
            },
        };
    }

    private static OnnxModel Wrapped(
        OnnxModel model,
        Dictionary<string, QuantizationParameters> inputs,
        Dictionary<string, QuantizationParameters> outputs,
        Dictionary<string, (OnnxTensor Integer, OnnxTensor Real, float Scale)> weights
    )
    {
        var graph = model.Graph;
        var (constants, before, behind) = (new List<OnnxTensor>(), new List<OnnxNode>(), new List<OnnxNode>());
        foreach (var (name, q) in inputs)
        {
            State(name, q);
            before.Add(Node("QuantizeLinear", name, name, $"{name}_q"));
            before.Add(Node("DequantizeLinear", $"{name}_q", name, Inner(name)));
        }

        foreach (var (name, weight) in weights)
        {
            State(name, new(weight.Scale, 0));
            constants.Add(weight.Integer);
            before.Add(Node("DequantizeLinear", weight.Integer.Name, name, Inner(name)));
        }

        foreach (var (name, q) in outputs.Where(o => !inputs.ContainsKey(o.Key)))
        {
            State(name, q);
            behind.Add(Node("QuantizeLinear", Inner(name), name, $"{name}_q"));
            behind.Add(Node("DequantizeLinear", $"{name}_q", name, name));
        }

        var inner = graph.Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(Renamed)], Outputs = [.. n.Outputs.Select(Renamed)] });
        return With(
            model with
            {
                Graph = graph with
                {
                    Nodes = [.. before, .. inner, .. behind],
                    Initializers = [.. graph.Initializers.Where(i => !weights.ContainsKey(i.Name))],
                },
            },
            constants
        );

        string Renamed(string name) =>
            inputs.ContainsKey(name) || outputs.ContainsKey(name) || weights.ContainsKey(name) ? Inner(name) : name;

        void State(string name, QuantizationParameters q)
        {
            constants.Add(OnnxTensor.Of<float>($"{name}_scale", OnnxType.Float, [], [q.Scale]));
            constants.Add(OnnxTensor.Of<sbyte>($"{name}_zero", OnnxType.Int8, [], [(sbyte)q.ZeroPoint]));
        }

        static string Inner(string name) => $"{name}_inner";

        static OnnxNode Node(string op, string from, string parameters, string to) =>
            new($"{op}_{to}", op, "", [from, $"{parameters}_scale", $"{parameters}_zero"], [to], []);
    }
}
