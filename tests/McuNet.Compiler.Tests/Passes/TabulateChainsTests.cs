using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>What is one function of one byte, and what is not.</summary>
public sealed class TabulateChainsTests
{
    [Fact]
    public void TabulateChains_SiluWithARoundingBetween_IsOneTable()
    {
        var graph = Compile(Quantized(Start().Node("Sigmoid", "d", "g"), "g", "gd").Node("Mul", "d gd", "m"), "m");
        Assert.Equal(["Sigmoid+Mul"], Kinds(graph));
    }

    /// <summary>As fake quantisation of PyTorch leaves it: the product has no rounding before it.</summary>
    [Fact]
    public void TabulateChains_SiluOfRealNumbers_IsOneTable() =>
        Assert.Equal(["Sigmoid+Mul"], Kinds(Compile(Start().Node("Sigmoid", "d", "g").Node("Mul", "d g", "m"), "m")));

    [Fact]
    public void TabulateChains_HardSwishOfFourOperators_IsOneTable()
    {
        var model = Start()
            .Float("three", 3)
            .Float("nought", 0)
            .Float("six", 6)
            .Node("Add", "d three", "a")
            .Node("Clip", "a nought six", "c")
            .Node("Mul", "d c", "m")
            .Node("Div", "m six", "h");
        Assert.Single(Kinds(Compile(model, "h")));
    }

    [Fact]
    public void TabulateChains_ConstantThatDiffersByChannel_IsLeft()
    {
        var model = Quantized(Start().Node("Sigmoid", "d", "g"), "g", "gd")
            .Tensor("k", OnnxType.Float, [1, 3, 1, 1], 1f, 2f, 3f)
            .Node("Mul", "gd k", "m");
        Assert.DoesNotContain(Finish(Rounded(model, "m")).Nodes, n => n.Operator is Composite);
    }

    [Fact]
    public void TabulateChains_TwoTensors_AreLeft()
    {
        var model = Quantized(Start().Node("Softmax", "d", "e").Node("Sigmoid", "d", "g"), "g", "gd");
        var graph = Compile(Quantized(model, "e", "ed").Node("Mul", "gd ed", "m"), "m");
        Assert.DoesNotContain(graph.Nodes, n => n.Operator is Composite);
    }

    [Fact]
    public void TabulateChains_StepThatAnotherReads_StaysOutside()
    {
        var model = Quantized(Start().Node("Tanh", "d", "t"), "t", "td");
        model = Quantized(model.Node("Sigmoid", "td", "g"), "g", "gd").Node("Mul", "td gd", "m").Node("Softmax", "td", "e");
        model = Quantized(Quantized(model, "m", "md"), "e", "ed").Node("Add", "md ed", "a");
        Assert.Equal(["Tanh", "Sigmoid+Mul", "Softmax", "Add"], Kinds(Compile(model, "a")));
    }

    /// <summary>Random functions of random earlier results; most are read by one other, so that chains are long and branch.</summary>
    [Fact]
    public void TabulateChains_RandomFunctions_KeepEveryBit()
    {
        var saved = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            var graph = Functions(seed);
            var after = Run("TabulateChains", graph);
            saved += graph.Nodes.Length - after.Nodes.Length;
            var input = RandomNetwork.Input(graph, seed);
            Assert.Equal(
                ReferenceEvaluator.Run(graph, [input]).Select(o => o.Bytes),
                ReferenceEvaluator.Run(after, [input]).Select(o => o.Bytes)
            );
        }
        Assert.True(saved > 300, $"only {saved} operators less");
    }

    private static NetworkGraph Functions(int seed)
    {
        var random = new Random(seed);
        var shape = new TensorShape(4, 4, 16);
        TensorType Byte() => new(shape, ElementType.Int8, new((float)(0.01 + random.NextDouble() / 20), random.Next(-128, 128)));
        var tensors = new List<Tensor> { new(new(0), "x", Byte()) };
        var nodes = new List<Node>();
        for (var i = 0; i < 3 + seed % 6; i++)
        {
            TensorId Earlier() => new(Math.Max(0, tensors.Count - 1 - random.Next(3)));
            (Operator Operator, ImmutableArray<TensorId> Inputs) next = random.Next(7) switch
            {
                0 => (new Lookup { Function = new UnaryFunction.Sigmoid() }, [Earlier()]),
                1 => (new Lookup { Function = new UnaryFunction.Scale(-1.25), Clamp = new(-1, 2) }, [Earlier()]),
                2 => (new Mul(), [Earlier(), Earlier()]),
                3 => (new Add(), [Earlier(), Earlier()]),
                4 => (new Rescale { Clamp = new(-2, 3) }, [Earlier()]),
                5 => (new Elementwise { Function = ElementFunction.Max }, [Earlier(), Earlier()]),
                _ => (new Softmax(), [Earlier()]),
            };
            tensors.Add(new(new(tensors.Count), $"t{i}", Byte()));
            nodes.Add(new(new(i), $"n{i}", next.Operator, next.Inputs, tensors[^1].Id));
        }
        var port = new GraphPort("x", new(0), [1, 16, 4, 4], ElementType.Int8);
        var graph = new NetworkGraph("net", [.. tensors], [.. nodes], [port], [port with { Name = "y", Tensor = tensors[^1].Id }]);
        return new GraphEditor(graph).ToGraph();
    }

    private static OnnxBytes Quantized(OnnxBytes model, string value, string result) =>
        model.Node("QuantizeLinear", $"{value} s z", value + "_q").Node("DequantizeLinear", value + "_q s z", result);

    private static OnnxBytes Rounded(OnnxBytes model, string value) => Quantized(model, value, "y").Output("y");
}
