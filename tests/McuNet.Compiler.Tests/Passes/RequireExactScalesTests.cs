using McuNet.Compiler.Onnx;
using McuNet.Compiler.Passes;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Scales that float32 cannot compute with are reported.</summary>
public sealed class RequireExactScalesTests
{
    [Theory]
    [InlineData(0.5f, 0.5f, true)]
    [InlineData(1e-25f, 0.5f, false)]
    [InlineData(0.5f, 1e38f, false)]
    [InlineData(1e-10f, 1e-30f, true)]
    public void RequireExactScales_ScalesOfALayer_AreTakenWhereFloat32HoldsTheirProduct(float activation, float weight, bool exact)
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4)
            .Float("s", activation)
            .Float("ws", weight)
            .Float("o", 1e-10f)
            .Zero("z")
            .Tensor("w", OnnxType.Int8, [2, 4], new sbyte[] { 1, 2, 3, 4, 5, 6, 7, 8 })
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("DequantizeLinear", "w ws", "wd")
            .Node("Gemm", "d wd", "g", ("transB", 1))
            .Node("QuantizeLinear", "g o z", "gq")
            .Node("DequantizeLinear", "gq o z", "y")
            .Output("y");
        var diagnostics = PassPipeline.Run(Read(model)).Diagnostics;
        Assert.Equal(exact, diagnostics.IsEmpty);
        Assert.All(diagnostics, d => Assert.Equal("MCU3002", d.Id));
    }

    /// <summary>A channel without weights gives its zero point whatever its scale is.</summary>
    [Fact]
    public void RequireExactScales_DeadChannelWithATinyScale_IsTaken()
    {
        var model = Start()
            .Float("ws", 0.5f, 1e-44f)
            .Tensor("w", OnnxType.Int8, [2, 3, 1, 1], new sbyte[] { 1, 2, 3, 0, 0, 0 })
            .Node("DequantizeLinear", "w ws", "wd", ("axis", 0))
            .Node("Conv", "d wd", "c");
        Assert.Equal(["Conv2D"], Kinds(Compile(model, "c")));
    }
}
