using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>A sum with a constant behind a layer is its bias.</summary>
public sealed class FoldBiasTests
{
    [Theory]
    [InlineData(1, new[] { 0.25f, 0.25f })]
    [InlineData(2, new[] { 0.25f, -1.5f })]
    public void FoldBias_SumBehindAConvolution_IsItsBias(int numbers, float[] expected)
    {
        var model = Layer()
            .Tensor("b", OnnxType.Float, [numbers, 1, 1], new[] { 0.25f, -1.5f }[..numbers])
            .Node("Add", "c b", "a")
            .Node("Relu", "a", "r");
        var conv = Assert.IsType<Conv2D>(Assert.Single(Compile(model, "r").Nodes).Operator);
        Assert.Equal(Clamp.Relu, conv.Clamp);
        Assert.Equal(
            expected.Select(v => (double)v),
            Run(
                "FoldBias",
                Read(
                    Layer()
                        .Tensor("b", OnnxType.Float, [numbers, 1, 1], new[] { 0.25f, -1.5f }[..numbers])
                        .Node("Add", "c b", "a")
                        .Output("a")
                )
            )
                .Nodes.Select(n => n.Operator)
                .OfType<Conv2D>()
                .Single()
                .Bias!.Reals(c => c)
        );
    }

    [Fact]
    public void FoldBias_LayerWithABias_AddsTheConstantToIt()
    {
        var graph = Run("FoldBias", Read(Layer("bias").Float("n", 2).Node("Add", "c n", "a").Output("a")));
        Assert.Equal([2.5, 1], graph.Nodes.Select(n => n.Operator).OfType<Conv2D>().Single().Bias!.Reals(c => c));
    }

    /// <summary>As PyTorch's quantisation-aware training leaves it between a convolution and its normalisation.</summary>
    [Fact]
    public void FoldBias_QuotientByChannelBehindAConvolution_IsItsScales()
    {
        var (whole, divided) = (
            Of(Layer("bias").Output("c")),
            Of(Layer("bias").Tensor("n", OnnxType.Float, [1, 2, 1, 1], 2f, -4f).Node("Div", "c n", "a").Output("a"))
        );
        Assert.Equal(whole.Weights.Reals(i => i / 3).Select((w, i) => w / (i < 3 ? 2 : -4)), divided.Weights.Reals(i => i / 3));
        Assert.Equal([0.25, 0.25], divided.Bias!.Reals(c => c));

        static Conv2D Of(OnnxBytes model)
        {
            var graph = Run("FoldBias", Read(model));
            Assert.DoesNotContain(graph.Nodes, n => n.Operator is Elementwise);
            return graph.Nodes.Select(n => n.Operator).OfType<Conv2D>().Single();
        }
    }

    [Fact]
    public void FoldBias_ResultThatSomethingElseReads_Stays()
    {
        var graph = Run("FoldBias", Read(Layer().Float("n", 2).Node("Add", "c n", "a").Node("Add", "c a", "e").Output("e")));
        Assert.Contains(graph.Nodes, n => n.Operator is Lookup);
    }

    private static OnnxBytes Layer(string bias = "") =>
        Start()
            .Tensor("w", OnnxType.Int8, [2, 3, 1, 1], [.. Enumerable.Range(0, 6).Select(i => (sbyte)(i - 2))])
            .Tensor("bias", OnnxType.Float, [2], 0.5f, -1f)
            .Node("DequantizeLinear", "w s", "wd")
            .Node("Conv", $"d wd {bias}".TrimEnd(), "c");
}
