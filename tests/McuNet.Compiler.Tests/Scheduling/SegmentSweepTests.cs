using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Scheduling;

/// <summary>Segments priced together cost what each costs in a simulation of its own.</summary>
public sealed class SegmentSweepTests
{
    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Prices_RandomNetworks_EqualThoseOfEachSegmentSimulated(InputMode input)
    {
        var (together, apart) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            if (graph.Inputs.Length > 1 || graph.IsOutput(graph.Inputs[0].Tensor))
                continue;
            var nested = Compare(graph, input);
            (together, apart) = (together + nested, apart + graph.Nodes.Length * (graph.Nodes.Length + 1) / 2 - nested);
        }

        Assert.True(together > 2000 && apart > 100, $"{together} segments that nest, {apart} that do not");
    }

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Prices_MobileNetV2_EqualThoseOfEachSegmentSimulatedAndAllNest(InputMode input)
    {
        var graph = MobileNetV2.Build(0.35, 96);

        Assert.Equal(graph.Nodes.Length * (graph.Nodes.Length + 1) / 2, Compare(graph, input));
    }

    /// <returns>How many segments nest.</returns>
    private static int Compare(NetworkGraph graph, InputMode input)
    {
        var network = LoweredNetwork.Of(graph, ModelCompiler.LowerFor(DeviceKernels.TargetOf(DeviceDatabase.Find("nrf52840").Value)));
        var pricer = new SegmentPricer(network.Rows, network.Kernels, input);
        var sweep = new SegmentSweep(network.Rows, network.Kernels, input);
        var nested = 0;
        for (var first = 0; first < graph.Nodes.Length; first++)
        {
            if (sweep.Prices(first) is not { } prices)
                continue;
            for (var end = first + 1; end <= graph.Nodes.Length; end++)
            {
                if (prices[end - first - 1] is not { } price)
                    continue;
                nested++;
                Assert.Equal(pricer.Interleaved(first, end), price);
            }
        }
        return nested;
    }
}
