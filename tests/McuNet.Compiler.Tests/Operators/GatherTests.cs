using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Constant tables and such as are computed, of bytes and of real numbers, by numbers far outside too.</summary>
internal sealed class GatherCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 16; i++)
        {
            var (count, width, places) = (1 + Random.Next(7), 1 + Random.Next(40), new TensorShape(1 + Random.Next(9), 1, 1));
            var table = i % 2 == 0 ? Int8(new(count, 1, width)) : Real(new(count, 1, width));
            var output = table with { Shape = new(places.Height, 1, width) };
            yield return Case(
                new Gather { Count = count, Width = width },
                new([table, Real(places)], output),
                Calling.SplitColumns,
                -10,
                10
            );
            var data = new byte[table.Bytes];
            Random.NextBytes(data);
            yield return Case(
                new Gather
                {
                    Count = count,
                    Width = width,
                    Table = [.. data],
                },
                new([Real(places)], output),
                Calling.SplitColumns,
                -10,
                10
            );
        }
    }
}

public sealed class GatherTests
{
    /// <summary>Of rows 10, 20, 30: from the end where negative, the nearest beyond the ends, the first of what is no number.</summary>
    [Fact]
    public void Evaluate_NumbersBeyondTheTable_AreTheNearest()
    {
        float[] numbers = [0, 2, 3, 99, -1, -3, -4, -99, float.NaN, float.PositiveInfinity];
        var (places, output) = (
            new TensorData(new(new(numbers.Length, 1, 1), ElementType.Float32)),
            new TensorData(new(new(numbers.Length, 1, 1), ElementType.Int8, new(1, 0)))
        );
        numbers.CopyTo(places.Float32);
        new Gather
        {
            Count = 3,
            Width = 1,
            Table = [10, 20, 30],
        }.Evaluate(new([places.Type], output.Type), [places], output);
        Assert.Equal([10, 30, 30, 30, 30, 10, 10, 10, 10, 30], Enumerable.Range(0, numbers.Length).Select(i => output[i]));
    }

    [OnnxRuntimeTheory]
    [InlineData(0, OnnxType.Int64)]
    [InlineData(1, OnnxType.Int32)]
    [InlineData(-1, OnnxType.Int64)]
    public void Evaluate_InputsInATable_EqualOnnxRuntime(int axis, OnnxType type) =>
        WholeOracle.Same(
            new OnnxBytes { Opset = 16 }
                .Input("x", type, 1, 6)
                .Tensor("w", OnnxType.Float, [4, 5, 4], [.. Enumerable.Range(0, 80).Select(i => i * 0.5f)])
                .Node("Gather", "w x", "y", ("axis", axis))
                .Output("y"),
            1,
            -4,
            4
        );

    /// <summary>The rows of the largest values, of what is computed itself.</summary>
    [OnnxRuntimeTheory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    public void Evaluate_ComputedNumbers_EqualOnnxRuntime(int axis, int over) =>
        WholeOracle.Same(
            new OnnxBytes { Opset = 16 }
                .Input("x", 1, 4, 4, 4)
                .Node("Neg", "x", "n")
                .Node("ArgMax", "n", "i", ("axis", over), ("keepdims", 0))
                .Node("Gather", "n i", "y", ("axis", axis))
                .Output("y"),
            2
        );

    /// <summary>An embedding whose weights are bytes with a scale stays one of bytes, and runs by rows behind the layer that it
    /// feeds.</summary>
    [OnnxRuntimeFact]
    public void Compile_EmbeddingOfIntegers_IsBytes()
    {
        var model = Embedding();
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal(ElementType.Int32, graph.Inputs[0].Element);
        Assert.Equal(ElementType.Int8, graph[graph.Nodes.Single(n => n.Operator is Gather).Output].Type.Element);
        Assert.All(FloatLayers.Of(graph), n => Assert.IsType<Reshape>(n.Operator));
        WholeOracle.Same(model, 3, 0, 20, 0.04);
        var tokens = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        for (var i = 0; i < 6; i++)
            tokens[i] = 3 * i;
        foreach (var input in new[] { InputMode.Resident, InputMode.Rows })
            new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Memory, input)).AssertMatches("embedding", [tokens]);
    }

    private static OnnxBytes Embedding()
    {
        var random = new Random(1);
        var weights = new sbyte[20 * 8];
        var dense = new sbyte[8 * 3];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(dense.AsSpan()));
        return new OnnxBytes { Opset = 16 }
            .Input("x", OnnxType.Int64, 1, 6)
            .Tensor("w", OnnxType.Int8, [20, 8], weights)
            .Float("s", 0.02f)
            .Zero("z")
            .Tensor("k", OnnxType.Int8, [8, 3], dense)
            .Float("t", 0.01f)
            .Float("o", 0.03f)
            .Node("DequantizeLinear", "w s z", "table")
            .Node("Gather", "table x", "e")
            .Node("QuantizeLinear", "e s z", "eq")
            .Node("DequantizeLinear", "eq s z", "d")
            .Node("DequantizeLinear", "k t z", "kd")
            .Node("MatMul", "d kd", "m")
            .Node("QuantizeLinear", "m o z", "mq")
            .Node("DequantizeLinear", "mq o z", "y")
            .Output("y", 1, 6, 3);
    }
}
