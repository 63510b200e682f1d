using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Planning;

public sealed class KernelSharingTests
{
    /// <summary>A window of four inputs is no loop in a kernel that is part of the only layer's function that calls it.</summary>
    [Fact]
    public void Priced_KernelOfOneLayer_ItsRowsCostTogetherWhatTheLayerDoes()
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("pool", builder.Apply(new MaxPool { Window = NetworkBuilder.Square(2, 2) }, builder.Input(16, 16, 8)));
        var device = DeviceDatabase.Find("stm32l4r5").Value.WithIdealMemory();

        var model = ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = "pool",
                    Device = device,
                    Stepped = true,
                }
            )
            .Value.Model;

        Assert.InRange(model.Pieces!.Steps.Length * model.Pieces.LongestCycles / model.NodeCycles.Single(), 0.99, 1.01);
    }
}
