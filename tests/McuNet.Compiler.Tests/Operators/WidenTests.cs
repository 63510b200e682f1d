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
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Numbers from bytes with any zero point.</summary>
internal sealed class WidenCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            yield return Case(
                new Widen(),
                new([Real(shape)], new(shape, ElementType.Int32)),
                i % 2 == 0 ? Calling.SplitColumns : Calling.Joined,
                -1000,
                1000
            );
            yield return Case(
                new Widen(),
                new([Int8(shape, 1, i == 0 ? -128 : null)], new(shape, ElementType.Int32)),
                i % 2 == 0 ? Calling.SplitColumns : Calling.Joined
            );
        }
    }
}

public sealed class WidenTests
{
    [Fact]
    public void Evaluate_Bytes_AreNumbersAboveTheZeroPoint()
    {
        var output = new TensorData(new(new(1, 1, 3), ElementType.Int32));
        new Widen().Evaluate(new([Type(1, 1, 3, 1, -128)], output.Type), [Data(Type(1, 1, 3, 1, -128), -128, 0, 127)], output);
        Assert.Equal([0, 128, 255], Enumerable.Range(0, 3).Select(i => output[i]));
    }

    [Fact]
    public void Evaluate_Reals_LoseTheirFraction()
    {
        var (input, output) = (
            new TensorData(new(new(1, 1, 6), ElementType.Float32)),
            new TensorData(new(new(1, 1, 6), ElementType.Int32))
        );
        new[] { 2.75f, -2.75f, 3e9f, -3e9f, float.NaN, -0.5f }.CopyTo(input.Float32);
        new Widen().Evaluate(new([input.Type], output.Type), [input], output);
        Assert.Equal([2, -2, int.MaxValue, int.MinValue, 0, 0], Enumerable.Range(0, 6).Select(i => output[i]));
    }

    /// <summary>Two outputs of different types: the scores as they are stored, and the number of the best of each pixel.</summary>
    [Fact]
    public void Compile_NumbersBesideScores_AreInt32()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 5, 2, 3)
            .Float("s", 0.05f)
            .Zero("z", 3)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("Relu", "d", "r")
            .Node("QuantizeLinear", "r s z", "rq")
            .Node("DequantizeLinear", "rq s z", "y")
            .Node("ArgMax", "d", "n", ("axis", 1))
            .Output("y", 1, 5, 2, 3)
            .Output("n", OnnxType.Int64, 1, 1, 2, 3);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal([ElementType.Int8, ElementType.Int32], graph.Outputs.Select(p => p.Element));
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        new Random(3).NextBytes(input.Bytes);
        new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Memory, InputMode.Rows)).AssertMatches("numbers", [input]);
        var expected = Enumerable.Range(0, 6).Select(p => Enumerable.Range(0, 5).MaxBy(c => input[p * 5 + c]));
        var numbers = ReferenceEvaluator.Run(graph, [input])[1];
        Assert.Equal(expected, Enumerable.Range(0, 6).Select(i => numbers[i]));
    }
}
