using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;
using OnnxType = McuNet.Compiler.Onnx.OnnxType;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Largest and least, the first and the last of equals, numbers in steps of one and others.</summary>
internal sealed class ArgExtremeCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 16; i++)
        {
            var shape = Shape() with { Channels = 1 + Random.Next(i % 4 == 3 ? 256 : 9) };
            var op = new ArgExtreme { IsLeast = i % 2 == 0, TakesLast = i / 2 % 2 == 0 };
            var output = op.InferShape([shape]);
            yield return Case(
                op,
                new([Int8(shape)], i % 3 == 0 ? Int8(output, 0.7f) : Int8(output, 1, -128)),
                i % 5 == 0 ? Calling.InPlace : Calling.SplitColumns
            );
            yield return Case(op, new([Int8(shape)], Real(output)), Calling.SplitColumns);
            yield return Case(op, new([Real(shape)], Real(output)), i % 5 == 0 ? Calling.InPlace : Calling.SplitColumns);
        }
    }
}

public sealed class ArgExtremeTests
{
    [Theory]
    [InlineData(false, false, 1, 0)]
    [InlineData(false, true, 3, 3)]
    [InlineData(true, false, 0, 0)]
    [InlineData(true, true, 2, 3)]
    public void Evaluate_EqualValues_FirstOrLastCounts(bool least, bool last, params int[] expected) =>
        Assert.Equal(
            expected,
            Evaluate(
                new ArgExtreme { IsLeast = least, TakesLast = last },
                Type(1, 2, 1, 1, 0),
                Data(Type(1, 2, 4, 0.5f, 3), 1, 7, 1, 7, 5, 5, 5, 5)
            )
        );

    [OnnxRuntimeTheory]
    [InlineData("ArgMax", 1, 0)]
    [InlineData("ArgMin", 1, 1)]
    public void Evaluate_Channels_EqualsOnnxRuntime(string function, int axis, int keep)
    {
        var model = Start().Node(function, "d", "y", ("axis", axis), ("keepdims", keep)).Output("y", OnnxType.Int64);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var type = graph[graph.Inputs[0].Tensor].Type;
        var input = new TensorData(type);
        new Random(1).NextBytes(input.Bytes);
        var onnx = Golden.ToOnnx(input.Bytes, graph, graph.Inputs[0]);
        using var session = OnnxSession.Open(model.ToArray(), OnnxSessionOptions.Default);
        var expected = session.Run([OnnxTensor.Float("x", [1, 6, 4, 5], [.. onnx.Select(b => ((sbyte)b - type.ZeroPoint) * type.Scale)])])[
            0
        ];
        var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(expected.Data).ToArray();
        var results = System
            .Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(ReferenceEvaluator.Run(graph, [input])[0].Bytes)
            .ToArray();
        Assert.Equal(numbers, results.Select(r => (long)r));
        Assert.Equal((ElementType.Int32, null), (graph.Outputs[0].Element, graph[graph.Outputs[0].Tensor].Type.Quantization));
    }

    [OnnxRuntimeTheory]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    public void Evaluate_MoreValuesThanAByteCounts_EqualsOnnxRuntime(int rows, int columns) =>
        WholeOracle.Same(
            new OnnxBytes()
                .Input("x", 1, rows, columns)
                .Float("s", 0.02f)
                .Zero("z")
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "d")
                .Node("ArgMax", "d", "y", ("axis", rows > 1 ? 1 : 2), ("select_last_index", 1))
                .Output("y", OnnxType.Int64),
            1
        );

    private static OnnxBytes Start() =>
        new OnnxBytes()
            .Input("x", 1, 6, 4, 5)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");
}
