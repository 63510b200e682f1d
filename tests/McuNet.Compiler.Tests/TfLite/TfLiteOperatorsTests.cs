using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.TfLite;
using Xunit;

namespace McuNet.Compiler.Tests.TfLite;

public sealed class TfLiteOperatorsTests
{
    public static TheoryData<string> Names => [.. OperatorCases.All().Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_ModelOfOneOperator_GivesWhatIsWorkedByHand(string name)
    {
        var test = OperatorCases.All().Single(c => c.Name == name);
        var network = ModelCompiler.Network(test.Model.ToArray(), "net.tflite", "net");
        Assert.True(network.Succeeded, string.Join('\n', network.Diagnostics));
        var graph = network.Value;
        var outputs = ReferenceEvaluator.Run(
            graph,
            [.. graph.Inputs.Select((p, i) => new TensorData(graph[p.Tensor].Type, Stored(test.Operands[i], graph, p)))]
        );
        var actual = Numbers(outputs[0], graph, graph.Outputs[0]);
        Assert.Equal(test.Result.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.True(
                MathF.Abs(test.Result[i] - actual[i]) <= 2e-6f * MathF.Max(1, MathF.Abs(test.Result[i])),
                $"element {i} is {actual[i]:g9} instead of {test.Result[i]:g9}"
            );
    }

    [Fact]
    public void Rows_EveryOperator_HasACase()
    {
        var variables = new[] { "ASSIGN_VARIABLE", "CALL_ONCE", "READ_VARIABLE", "VAR_HANDLE" };
        var cases = OperatorCases.All().Select(c => c.Name.Split([',', ' '])[0]).ToHashSet();
        Assert.Equal([], TfLiteOperators.Rows.Select(r => r.Name).Except(variables).Except(cases));
    }

    [Fact]
    public void Rows_Names_AreThoseOfBuiltinOperatorsAndSorted()
    {
        var names = TfLiteOperators.Rows.Select(r => r.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(names, n => TfLiteBytes.Code(n));
    }

    /// <summary>Images lie in memory as TFLite has them; other tensors as ONNX has them, which is the same order.</summary>
    private static byte[] Stored(float[] operand, NetworkGraph graph, GraphPort port)
    {
        var bytes = MemoryMarshal.AsBytes(operand.AsSpan()).ToArray();
        return port.Dims.Length == 4 ? bytes : Golden.ToStored(bytes, graph, port);
    }

    private static float[] Numbers(TensorData output, NetworkGraph graph, GraphPort port)
    {
        var bytes = port.Dims.Length == 4 ? output.Bytes : Golden.ToOnnx(output.Bytes, graph, port);
        return output.Type.Element switch
        {
            ElementType.Float32 => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            ElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(n => (float)n)],
            _ => [.. bytes.Select(b => (float)b)],
        };
    }
}
