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
        var model = Start().Node("MaxPool", "d", "m", ("kernel_shape", new[] { 4, 4 })).Node("Flatten", "m", "f").Tensor("w", OnnxType.Int8, [3, 2], new sbyte[6]).Node("DequantizeLinear", "w s", "wd")
            .Node("MatMul", "f wd", "g");
        Assert.Equal(["MaxPool", "Dense"], Kinds(Compile(model, "g")));
    }

    /// <summary>A convolution sees the shape.</summary>
    [Fact]
    public void FoldReshape_BeforeAConvolution_Stays()
    {
        var model = Start().Node("MaxPool", "d", "p", ("kernel_shape", new[] { 1, 1 })).Node("Transpose", "p", "t", ("perm", new[] { 0, 2, 3, 1 })).Tensor("to", OnnxType.Int64, [4], 1L, 2, 8, 3).Node("Reshape", "t to", "r")
            .Node("Transpose", "r", "m", ("perm", new[] { 0, 3, 1, 2 })).Tensor("w", OnnxType.Int8, [2, 3, 1, 3], new sbyte[18]).Node("DequantizeLinear", "w s", "wd").Node("Conv", "m wd", "c");
        Assert.Contains("Reshape", Kinds(Compile(model, "c")));
    }
}
