using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>A convolution over everything is a fully connected layer.</summary>
public sealed class RecognizeDenseTests
{
    [Fact]
    public void RecognizeDense_ConvOverEverything_BecomesDense()
    {
        var model = Start()
            .Tensor("w", OnnxType.Int8, [2, 3, 4, 4], new sbyte[96])
            .Node("DequantizeLinear", "w s", "wd")
            .Node("Conv", "d wd", "c");
        Assert.Equal([2, 48], Assert.IsType<Dense>(Assert.Single(Compile(model, "c").Nodes).Operator).Weights.Dims.AsEnumerable());
    }
}
