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

/// <summary>Elements of one byte and of four.</summary>
internal sealed class KnownCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var type = i % 2 == 0 ? Int8(Shape()) : new(Shape(), i % 4 == 1 ? ElementType.Float32 : ElementType.Int32);
            var data = new byte[type.Bytes];
            Random.NextBytes(data);
            yield return Case(new Known { Data = [.. data], Shape = type.Shape }, new([], type), Calling.SplitColumns);
        }
    }
}

public sealed class KnownTests
{
    /// <summary>The dimensions of the input, a truth value and a table, beside what is computed.</summary>
    [Fact]
    public void Compile_OutputsThatDependOnNoInput_AreGiven()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 3, 2, 2)
            .Tensor("t", OnnxType.Float, [1, 2, 3], 1f, 2f, 3f, 4f, 5f, 6f)
            .Tensor("b", OnnxType.Bool, [2], (byte)1, (byte)0)
            .Node("Shape", "x", "n")
            .Node("Relu", "x", "y")
            .Node("Identity", "t", "table")
            .Node("Not", "b", "truth")
            .Output("n", OnnxType.Int64, 4)
            .Output("y", 1, 3, 2, 2)
            .Output("table", 1, 2, 3)
            .Output("truth", OnnxType.Bool, 2);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal(
            [ElementType.Int32, ElementType.Float32, ElementType.Float32, ElementType.UInt8],
            graph.Outputs.Select(p => p.Element)
        );
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        input.Float32.Fill(-0.5f);
        var outputs = ReferenceEvaluator.Run(graph, [input]);
        Assert.Equal([1, 3, 2, 2], Enumerable.Range(0, 4).Select(i => outputs[0][i]));
        Assert.Equal([1, 2, 3, 4, 5, 6], outputs[2].Float32.ToArray());
        Assert.Equal<byte>([0, 1], outputs[3].Bytes);
        new ManagedNetwork(ManagedNetwork.Compile(graph, Objective.Memory, InputMode.Rows)).AssertMatches("constants", [input]);
    }
}
