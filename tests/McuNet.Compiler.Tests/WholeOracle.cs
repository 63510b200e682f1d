using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests;

/// <summary>The reference evaluator against ONNX Runtime where inputs and outputs may be whole numbers and truth values; every element must
/// be the same.</summary>
internal static class WholeOracle
{
    /// <param name="least">Of the numbers of inputs of int64 and int32.</param>
    /// <param name="most">The same, exclusive.</param>
    public static void Same(OnnxBytes model, int seed, int least = 0, int most = 10, double tolerance = 0)
    {
        var (read, graph) = (model.Read(), ModelCompiler.Network(model.Read(), "net").Value);
        var random = new Random(seed);
        TensorData[] inputs = [.. graph.Inputs.Select(p => Values(graph[p.Tensor].Type, random, least, most))];
        using var session = OnnxSession.Open(model.ToArray(), OnnxSessionOptions.Default with { Optimisation = OnnxOptimisation.Disabled });
        var given = graph
            .Inputs.Select((p, i) => Onnx(p, (OnnxElementType)read.Graph.Inputs.Single(o => o.Name == p.Name).Type, graph, inputs[i]))
            .ToArray();
        var expected = session.Run(given);
        var actual = ReferenceEvaluator.Run(graph, inputs);
        for (var i = 0; i < expected.Count; i++)
        {
            var (wanted, port) = (Reals(expected[i].ElementType, expected[i].Data), graph.Outputs[i]);
            var type = actual[i].Type;
            var stored = new TensorData(
                type with
                {
                    Shape = TensorShape.Vector(type.Shape.Elements),
                },
                Golden.ToOnnx(actual[i].Bytes, graph, port)
            );
            Assert.Equal(wanted.Length, type.Shape.Elements);
            var reals = stored.Reals();
            for (var e = 0; e < wanted.Length; e++)
                Assert.True(
                    wanted[e].Equals(reals[e]) || Math.Abs(wanted[e] - reals[e]) <= tolerance * Math.Max(1, Math.Abs(wanted[e])),
                    $"output {i}[{e}]: {wanted[e]} and {reals[e]}"
                );
        }
    }

    private static TensorData Values(TensorType type, Random random, int least, int most)
    {
        var data = new TensorData(type);
        for (var i = 0; i < type.Shape.Elements; i++)
        {
            if (type.Element == ElementType.Float32)
                data.Float32[i] = random.Next(-8, 9) * 0.25f;
            else
                data[i] =
                    type is { Quantization: { Scale: 1, ZeroPoint: 0 }, Element: ElementType.UInt8 } ? random.Next(2)
                    : type.IsQuantized ? random.Next(-128, 128)
                    : random.Next(least, most);
        }

        return data;
    }

    private static OnnxTensor Onnx(GraphPort port, OnnxElementType declared, NetworkGraph graph, TensorData data)
    {
        ImmutableArray<long> dims = [.. port.Dims.Select(d => (long)d)];
        var onnx = new TensorData(
            data.Type with
            {
                Shape = TensorShape.Vector(data.Type.Shape.Elements),
            },
            Golden.ToOnnx(data.Bytes, graph, port)
        );
        return declared switch
        {
            OnnxElementType.Float32 => OnnxTensor.Float(port.Name, dims, [.. onnx.Reals().Select(r => (float)r)]),
            OnnxElementType.Int64 => new(
                port.Name,
                declared,
                dims,
                MemoryMarshal.AsBytes(onnx.Reals().Select(r => (long)r).ToArray().AsSpan()).ToArray()
            ),
            _ => new(port.Name, declared, dims, onnx.Bytes),
        };
    }

    private static double[] Reals(OnnxElementType type, byte[] data) =>
        type switch
        {
            OnnxElementType.Float32 => [.. MemoryMarshal.Cast<byte, float>(data).ToArray().Select(v => (double)v)],
            OnnxElementType.Int64 => [.. MemoryMarshal.Cast<byte, long>(data).ToArray().Select(v => (double)v)],
            OnnxElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(data).ToArray().Select(v => (double)v)],
            OnnxElementType.Int8 => [.. data.Select(v => (double)(sbyte)v)],
            _ => [.. data.Select(v => (double)v)],
        };
}
