using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Einsum as transpositions, sums, products of activations and layers with weights.</summary>
public sealed class EinsumTests
{
    [OnnxRuntimeTheory]
    [InlineData("ij->ji", "4 5", "")]
    [InlineData("bij->bj", "1 4 5", "")]
    [InlineData("bhwc->bchw", "1 3 4 5", "")]
    [InlineData("bij", "1 4 5", "")]
    [InlineData("bik,bjk->bij", "1 4 6", "1 5 6")]
    [InlineData("bhid,bhjd->bhij", "1 2 4 6", "1 2 5 6")]
    [InlineData("bihd,bjhd->bijh", "1 4 2 6", "1 5 2 6")]
    [InlineData("abik,bkj->abij", "1 2 3 4", "2 4 5")]
    [InlineData("ijm,jk->ik", "3 4 2", "4 5")]
    [InlineData("bij,bij->", "1 3 4", "1 3 4")]
    public void Evaluate_Activations_EqualOnnxRuntime(string equation, string first, string second)
    {
        var model = new OnnxBytes { Opset = 16 }.Input("a", Dims(first));
        if (second.Length > 0)
            model.Input("b", Dims(second));
        WholeOracle.Same(
            model.Node("Einsum", second.Length > 0 ? "a b" : "a", "y", ("equation", equation)).Output("y"),
            1,
            tolerance: 1e-5
        );
    }

    /// <summary>Weights on either side, of several dimensions.</summary>
    [OnnxRuntimeTheory]
    [InlineData("bik,kj->bij", "1 4 6", "6 5", false)]
    [InlineData("oi,bti->bto", "1 4 6", "5 6", true)]
    [InlineData("bthd,hdo->bto", "1 4 2 3", "2 3 5", false)]
    [InlineData("btc,chd->bhtd", "1 4 6", "6 2 3", false)]
    [InlineData("bchw,c->bhw", "1 3 4 5", "3", false)]
    public void Evaluate_Weights_AreThoseOfALayer(string equation, string input, string weights, bool first)
    {
        var dims = Dims(weights);
        var random = new Random(4);
        var values = Enumerable.Range(0, (int)dims.Aggregate((a, b) => a * b)).Select(_ => random.Next(-8, 9) * 0.125f).ToArray();
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", Dims(input))
            .Tensor("w", OnnxType.Float, [.. dims.Select(d => (int)d)], values)
            .Node("Einsum", first ? "w x" : "x w", "y", ("equation", equation))
            .Output("y");
        WholeOracle.Same(model, 2, tolerance: 1e-5);
        Assert.Contains(ModelCompiler.Network(model.Read(), "net").Value.Nodes, n => n.Operator is ILinear);
    }

    /// <summary>Between quantisations it is one layer of integers.</summary>
    [OnnxRuntimeFact]
    public void Compile_QuantisedWeights_IsOneLayerOfIntegers()
    {
        var weights = new sbyte[8 * 5];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 1, 4, 8)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Tensor("w", OnnxType.Int8, [8, 5], weights)
            .Float("t", 0.01f)
            .Zero("u")
            .Node("DequantizeLinear", "w t u", "wd")
            .Node("Einsum", "d wd", "e", ("equation", "btc,co->bto"))
            .Float("o", 0.05f)
            .Node("QuantizeLinear", "e o u", "oq")
            .Node("DequantizeLinear", "oq o u", "y")
            .Output("y");
        Assert.IsAssignableFrom<ILinear>(Assert.Single(ModelCompiler.Network(model.Read(), "net").Value.Nodes).Operator);
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    [Theory]
    [InlineData("ii->i")]
    [InlineData("ij->k")]
    [InlineData("...j->j")]
    public void Import_OtherEquations_AreReported(string equation)
    {
        var model = new OnnxBytes { Opset = 16 }
            .Input("x", 4, 4)
            .Node("Einsum", "x", "y", ("equation", equation))
            .Output("y");
        Assert.Contains(ModelImporter.Import(model.Read(), "net").Diagnostics, d => d.Id == "MCU1004");
    }

    private static long[] Dims(string dims) => [.. dims.Split(' ').Select(long.Parse)];
}
