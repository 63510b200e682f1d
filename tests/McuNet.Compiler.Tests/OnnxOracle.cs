using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests;

/// <summary>A test that needs the ONNX Runtime library; skipped, visibly, where that is absent.</summary>
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed";
}

/// <summary>The same for theories.</summary>
public sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = OnnxRuntimeLibrary.Locate().Succeeded ? null : "ONNX Runtime is not installed";
}

/// <summary>Elements compared, how many differ, and by how many steps of the output at most.</summary>
internal readonly record struct OnnxDifference(int Elements, int Mismatches, int Largest);

/// <summary>
/// The reference evaluator against ONNX Runtime on a model whose inputs are float32 and quantised at once and whose only output is
/// dequantised last.
/// </summary>
internal static class OnnxOracle
{
    public static OnnxDifference Compare(OnnxBytes model, int seed, OnnxOptimisation optimisation = OnnxOptimisation.Default)
    {
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var random = new Random(seed);
        var inputs = graph.Inputs.Select(p => Values(graph[p.Tensor].Type, random)).ToArray();
        var expected = ReferenceEvaluator.Run(graph, inputs)[0];
        using var session = OnnxSession.Open(model.ToArray(), OnnxSessionOptions.Default with { Optimisation = optimisation });
        var result = session.Run(graph.Inputs.Select((p, i) => Real(graph, p, inputs[i])).ToArray())[0].Floats;
        var (type, onnx) = (expected.Type, Golden.ToOnnx(expected.Bytes, graph, graph.Outputs[0]));
        var (mismatches, largest) = (0, 0);
        for (var i = 0; i < onnx.Length; i++)
        {
            var step = (int)MathF.Round(result[i] / type.Scale) + type.ZeroPoint;
            var difference = Math.Abs(step - new TensorData(type with { Shape = TensorShape.Vector(1) }, onnx.AsSpan(i, 1))[0]);
            mismatches += difference > 0 ? 1 : 0;
            largest = Math.Max(largest, difference);
        }

        return new(onnx.Length, mismatches, largest);
    }

    /// <summary>Models between real numbers: the largest difference of any output over its largest magnitude.</summary>
    public static float CompareReals(OnnxBytes model, int seed)
    {
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var random = new Random(seed);
        var inputs = graph.Inputs.Select(p => Reals(graph[p.Tensor].Type, random)).ToArray();
        using var session = OnnxSession.Open(model.ToArray(), OnnxSessionOptions.Default with { Optimisation = OnnxOptimisation.Disabled });
        var expected = session.Run(
            graph
                .Inputs.Select(
                    (p, i) =>
                        OnnxTensor.Float(
                            p.Name,
                            [.. p.Dims.Select(d => (long)d)],
                            MemoryMarshal.Cast<byte, float>(Golden.ToOnnx(inputs[i].Bytes, graph, p)).ToArray()
                        )
                )
                .ToArray()
        );
        return ReferenceEvaluator
            .Run(graph, inputs)
            .Select(
                (actual, i) =>
                    Golden.Compare(Golden.ToOnnx(actual.Bytes, graph, graph.Outputs[i]), expected[i].Data, ElementType.Float32).Relative
            )
            .Max();
    }

    private static TensorData Reals(TensorType type, Random random)
    {
        var data = new TensorData(type);
        for (var i = 0; i < type.Shape.Elements; i++)
            data.Float32[i] = (float)(random.NextDouble() * 4 - 2);
        return data;
    }

    /// <summary>All 256 bytes in turn as far as there is room, else random ones.</summary>
    private static TensorData Values(TensorType type, Random random)
    {
        var data = new TensorData(type);
        random.NextBytes(data.Bytes);
        for (var i = 0; i < data.Bytes.Length && data.Bytes.Length >= 256; i++)
            data.Bytes[i] = i < 256 ? (byte)i : data.Bytes[i];
        return data;
    }

    private static OnnxTensor Real(NetworkGraph graph, GraphPort port, TensorData data)
    {
        var type = data.Type;
        var onnx = new TensorData(type, Golden.ToOnnx(data.Bytes, graph, port));
        var reals = Enumerable.Range(0, onnx.Bytes.Length).Select(i => (onnx[i] - type.ZeroPoint) * type.Scale).ToArray();
        return OnnxTensor.Float(port.Name, [.. port.Dims.Select(d => (long)d)], reals);
    }
}
