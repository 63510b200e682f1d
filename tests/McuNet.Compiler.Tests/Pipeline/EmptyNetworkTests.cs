using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class EmptyNetworkTests
{
    [Fact]
    public void Compile_InputIsOutput_ReportsThatNothingIsComputed()
    {
        var net = new NetworkBuilder(1);
        var graph = net.Build("identity", net.Input(4, 4, 3));
        var result = ModelCompiler.Compile(graph, new CompileOptions { Name = "identity", Device = DeviceDatabase.Find("stm32l4r5").Value });
        Assert.Equal(DiagnosticCatalog.NetworkEmpty.Id, Assert.Single(result.Diagnostics).Id);
    }
}
