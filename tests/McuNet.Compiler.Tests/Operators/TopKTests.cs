using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Largest and least, one of them to all, equal values among them.</summary>
internal sealed class TopKCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 12; i++)
        {
            var shape = Shape();
            var count = i % 3 == 0 ? shape.Channels : 1 + Random.Next(shape.Channels);
            var (top, type, reals) = (new TopK { Count = count, IsLeast = i % 2 == 0 }, Int8(shape), Real(shape with { Channels = count }));
            yield return Case(top, new([type], type with { Shape = reals.Shape }), Calling.SplitColumns);
            yield return Case(top, new([Real(shape)], reals), Calling.SplitColumns);
            yield return Case(new TopIndices { Count = count, IsLeast = i % 2 == 0 }, new([type], reals), Calling.SplitColumns);
            yield return Case(new TopIndices { Count = count, IsLeast = i % 2 == 0 }, new([Real(shape)], reals), Calling.SplitColumns);
        }
    }
}

public sealed class TopKTests
{
    [Theory]
    [InlineData(false, 9, 7, 7)]
    [InlineData(true, -3, 1, 7)]
    public void Evaluate_Integers_AreInOrder(bool least, params int[] expected) =>
        Assert.Equal(
            expected,
            Evaluate(new TopK { Count = 3, IsLeast = least }, Type(1, 1, 3, 0.5f, 3), Data(Type(1, 1, 5, 0.5f, 3), 7, 1, 9, 7, -3))
        );

    [OnnxRuntimeTheory]
    [InlineData(1, 1, 2)]
    [InlineData(1, 0, 3)]
    [InlineData(2, 1, 5)]
    [InlineData(3, 0, 1)]
    [InlineData(-1, 1, 4)]
    public void Evaluate_AnyAxis_EqualsOnnxRuntime(int axis, int largest, long count)
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 6, 5, 4)
            .Tensor("k", OnnxType.Int64, [1], count)
            .Node("TopK", "x k", "v i", ("axis", axis), ("largest", largest))
            .Output("v")
            .Output("i", OnnxType.Int64);
        WholeOracle.Same(model, 1);
    }

    /// <summary>Values stay in the scale of the integers, numbers are found among these.</summary>
    [OnnxRuntimeFact]
    public void Compile_OfIntegers_ComparesThem()
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 300)
            .Float("s", 0.0625f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Tensor("k", OnnxType.Int64, [1], 5L)
            .Node("TopK", "d k", "v i")
            .Output("v")
            .Output("i", OnnxType.Int64);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal([ElementType.Int8, ElementType.Int32], graph.Outputs.Select(p => p.Element));
        Assert.All(
            graph.Nodes.Where(n => n.Operator is TopK or TopIndices),
            n => Assert.Equal(ElementType.Int8, graph.TypesOf(n).Input.Element)
        );
        WholeOracle.Same(model, 2);
    }

    [Fact]
    public void Import_MoreThanThereAre_IsReported()
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 3)
            .Tensor("k", OnnxType.Int64, [1], 4L)
            .Node("TopK", "x k", "y i")
            .Output("y");
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }
}
