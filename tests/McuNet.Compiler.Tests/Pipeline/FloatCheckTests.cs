using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class FloatCheckTests
{
    [Fact]
    public void Run_SoftmaxOnRealNumbersBehindIntegers_IsAnIslandWithFpuAndACostWithout()
    {
        var island = Assert.Single(Check(Mixed(), "nrf52840"));
        Assert.Equal(DiagnosticCatalog.FloatIslands, island.Descriptor);
        Assert.Contains(
            "1 of the 3 layers of 'net' compute in float32, 0 % of the multiply-accumulates: softmax_2.",
            island.Message,
            StringComparison.Ordinal
        );
        var cost = Assert.Single(Check(Mixed(), "rp2040"));
        Assert.Equal(DiagnosticCatalog.FloatWithoutFpu, cost.Descriptor);
        Assert.Contains("(softmax_2), and rp2040", cost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnlyRealNumbersWithFpu_SaysNothing()
    {
        var reals = new TensorType(new(1, 1, 4), ElementType.Float32);
        var net = new NetworkBuilder(1);
        Assert.Empty(Check(net.Build("net", net.Apply(new Softmax(), reals, net.Input(reals))), "nrf52840"));
    }

    [Fact]
    public void Run_OnlyIntegers_SaysNothing()
    {
        var net = new NetworkBuilder(1);
        Assert.Empty(Check(net.Build("net", net.Conv(net.Input(4, 4, 3), 4, NetworkBuilder.Square(3))), "rp2040"));
    }

    private static NetworkGraph Mixed()
    {
        var net = new NetworkBuilder(1);
        var conv = net.Conv(net.Input(4, 4, 3), 4, NetworkBuilder.Square(3));
        var reals = new TensorType(net.ShapeOf(conv), ElementType.Float32);
        return net.Build("net", net.Apply(new Softmax(), reals, net.Apply(new Dequantize(), reals, conv)));
    }

    private static Diagnostic[] Check(NetworkGraph graph, string device) =>
        [
            .. FloatCheck.Run(
                ModelCompiler.Compile(graph, new CompileOptions { Name = "net", Device = DeviceDatabase.Find(device).Value }).Value
            ),
        ];
}
