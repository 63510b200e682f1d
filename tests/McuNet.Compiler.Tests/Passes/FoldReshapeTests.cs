using McuNet.Compiler.Onnx;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Reshapes disappear where nobody sees the shape.</summary>
public sealed class FoldReshapeTests
{
    [Fact]
    public void FoldReshape_BeforeAFullyConnectedLayer_Disappears()
    {
        var model = Start()
            .Node("MaxPool", "d", "m", ("kernel_shape", new[] { 4, 4 }))
            .Node("Flatten", "m", "f")
            .Tensor("w", OnnxType.Int8, [3, 2], new sbyte[6])
            .Node("DequantizeLinear", "w s", "wd")
            .Node("MatMul", "f wd", "g");
        Assert.Equal(["MaxPool", "Dense"], Kinds(Compile(model, "g")));
    }

    /// <summary>The application hands such an input over with its channels first, which the shape tells.</summary>
    [OnnxRuntimeFact]
    public void FoldReshape_OfAnInputInAnotherOrder_Stays()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 8, 1, 2)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("Transpose", "d", "t", ("perm", new[] { 3, 2, 0, 1 }))
            .Tensor("to", OnnxType.Int64, [4], 1L, 2, 2, 4)
            .Node("Reshape", "t to", "r")
            .Node("SpaceToDepth", "r", "p", ("blocksize", 2))
            .Node("QuantizeLinear", "p s z", "oq")
            .Node("DequantizeLinear", "oq s z", "y")
            .Output("y");
        Assert.Equal(0, OnnxOracle.Compare(model, 1).Mismatches);
    }

    /// <summary>A convolution sees the shape.</summary>
    [Fact]
    public void FoldReshape_BeforeAConvolution_Stays()
    {
        var model = Start()
            .Node("MaxPool", "d", "p", ("kernel_shape", new[] { 1, 1 }))
            .Node("Transpose", "p", "t", ("perm", new[] { 0, 2, 3, 1 }))
            .Tensor("to", OnnxType.Int64, [4], 1L, 2, 8, 3)
            .Node("Reshape", "t to", "r")
            .Node("Transpose", "r", "m", ("perm", new[] { 0, 3, 1, 2 }))
            .Tensor("w", OnnxType.Int8, [2, 3, 1, 3], new sbyte[18])
            .Node("DequantizeLinear", "w s", "wd")
            .Node("Conv", "m wd", "c");
        Assert.Contains("Reshape", Kinds(Compile(model, "c")));
    }
}
