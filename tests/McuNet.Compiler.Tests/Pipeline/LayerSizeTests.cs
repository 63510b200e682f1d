using System;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class LayerSizeTests
{
    [Fact]
    public void Compile_ElementwiseLayerBeyondItsKernel_RaisesLayerTooLarge()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 70_000)
            .Input("x2", 1, 70_000)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("QuantizeLinear", "x2 s z", "q2")
            .Node("DequantizeLinear", "q2 s z", "d2")
            .Node("Mul", "d d2", "m")
            .Node("QuantizeLinear", "m s z", "mq")
            .Node("DequantizeLinear", "mq s z", "y")
            .Output("y");
        var graph = ModelCompiler.Network(model.Read(), "net").Value;
        var diagnostic = Assert.Single(
            ModelCompiler.Compile(graph, new CompileOptions { Name = "net", Device = DeviceDatabase.Find("stm32h743").Value }).Diagnostics
        );
        Assert.Equal(DiagnosticCatalog.LayerTooLarge, diagnostic.Descriptor);
        Assert.Contains("channels = 70,000; its kernel holds at most 65,535", diagnostic.Message, StringComparison.Ordinal);
    }
}
