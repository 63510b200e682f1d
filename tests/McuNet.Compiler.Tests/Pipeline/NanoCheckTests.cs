using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class NanoCheckTests
{
    /// <summary>Two layers of 200 x 200 weights hold 80,000 bytes.</summary>
    [Fact]
    public void Run_MoreConstantsThanAnAssemblyHolds_NamesTheLargest()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build(
            "wide",
            net.Conv(net.Conv(net.Input(1, 1, 200), 200, NetworkBuilder.Square(1)), 200, NetworkBuilder.Square(1))
        );
        var found = Assert.Single(Check(graph, Targets.NanoFramework));
        Assert.Equal(DiagnosticCatalog.NanoDataExceeded, found.Descriptor);
        Assert.Matches(
            @"^'wide' has 8[0-9],[0-9]{3} bytes of constants, more than the 64,000 .* Most are in '[^']+' \(4[0-9]{4}\), '[^']+' \(4[0-9]{4}\)\.",
            found.Message
        );
        Assert.Empty(Check(graph, Targets.CSharp));
    }

    [Fact]
    public void Run_MoreLayersThanOneMethodMakes_Says()
    {
        var net = new NetworkBuilder(5);
        var x = net.Input(1, 1, 2);
        for (var i = 0; i < 260; i++)
            x = net.Conv(x, 2, NetworkBuilder.Square(1));
        var found = Check(net.Build("deep", x), Targets.NanoFramework);
        Assert.All(found, f => Assert.Equal(DiagnosticCatalog.NanoCodeExceeded, f.Descriptor));
        Assert.Contains(
            found,
            f =>
                f.Message.StartsWith("The method that makes its constants of 'deep' takes about ", StringComparison.Ordinal)
                && f.Message.Contains("the network has 260 layers", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Run_RealOutput_IsTaken()
    {
        var net = new NetworkBuilder(1);
        var x = net.Input(2, 2, 3);
        var graph = net.Build("real", net.Apply(new Dequantize(), new TensorType(new(2, 2, 3), ElementType.Float32), x));
        Assert.Empty(Check(graph, Targets.NanoFramework));
    }

    private static ImmutableArray<Diagnostic> Check(NetworkGraph graph, Targets targets) =>
        NanoCheck.Run(
            ModelCompiler
                .Compile(
                    graph,
                    new CompileOptions
                    {
                        Name = "net",
                        Device = DeviceDatabase.Find("stm32f746").Value,
                        Targets = targets,
                    }
                )
                .Value
        );
}
