using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Numbers are int32 where the application reads them, bytes where the network does.</summary>
public sealed class WidenNumbersTests
{
    [Theory]
    [InlineData("int64", ElementType.Int32, "ArgMax, Widen")]
    [InlineData("int32", ElementType.Int32, "ArgMax, Widen")]
    [InlineData("int8", ElementType.UInt8, "ArgMax, Rescale")]
    public void WidenNumbers_OutputOfNumbers_BecomesInt32(string declared, ElementType expected, string kinds)
    {
        var type = declared switch
        {
            "int64" => OnnxType.Int64,
            "int32" => OnnxType.Int32,
            _ => OnnxType.Int8,
        };
        var model = new OnnxBytes()
            .Input("x", 1, 5)
            .Float("s", 0.1f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("ArgMax", "d", "n", ("axis", 1), ("keepdims", 0))
            .Output("n", type, 1);
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        Assert.Equal((expected, kinds), (graph.Outputs[0].Element, string.Join(", ", graph.Nodes.Select(n => n.Operator.Kind))));
    }
}
