using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>What keeps a kernel from a layer, on layers where that is plain; and that the choice of the table is the cheapest of those that
/// are able.</summary>
public sealed class KernelCandidatesTests
{
    [Fact]
    public void Of_DepthwiseFiveByFive_SaysThatThreeByThreeIsWanted()
    {
        var found = Candidate("mn_depthwise3x3_s8_dsp", Depthwise(channels: 16, kernel: 5), "stm32l4r5");

        Assert.Equal(KernelVerdict.OtherShape, found.Verdict);
        Assert.Equal([new ShapeCondition("kernel", "5x5", "3x3")], found.Conditions.AsEnumerable());
        Assert.Null(found.Cycles);
        Assert.InRange(found.CyclesPerMac!.Value, 1, 10);
    }

    [Fact]
    public void Of_ThreeChannels_SaysThatFourAreWanted()
    {
        var found = Candidate("mn_depthwise_s8_dsp_narrow", Depthwise(channels: 3, kernel: 3), "stm32l4r5");

        Assert.Equal([new ShapeCondition("channels", "3", "4")], found.Conditions.AsEnumerable());
    }

    [Fact]
    public void Of_ThreeChannelsAndFiveByFive_SaysBoth()
    {
        var found = Candidate("mn_depthwise3x3_s8_dsp", Depthwise(channels: 3, kernel: 5), "stm32l4r5");

        Assert.Equal(["channels 4", "kernel 3x3"], found.Conditions.Select(c => $"{c.Property} {c.Wanted}").Order());
    }

    [Fact]
    public void Of_WeightsWithoutZeroPoints_SaysThatSomeAreWanted()
    {
        var found = Candidate("mn_pointwise_s8_dsp_asym", Pointwise(), "stm32l4r5");

        Assert.Equal([new ShapeCondition("zero points of the weights", "none", "some")], found.Conditions.AsEnumerable());
    }

    [Fact]
    public void Of_CoreWithoutDsp_NamesTheFeature()
    {
        var found = Candidate("mn_pointwise_s8_dsp", Pointwise(), "rp2040");

        Assert.Equal((KernelVerdict.OtherCore, DeviceFeatures.Dsp), (found.Verdict, found.Missing & DeviceFeatures.Dsp));
    }

    [Fact]
    public void Of_CompactSet_LeavesLargeKernelsOut()
    {
        Assert.Equal(KernelVerdict.Able, Candidate("mn_depthwise3x3_s8_dsp", Depthwise(channels: 16, kernel: 3), "stm32l4r5").Verdict);
        Assert.Equal(
            KernelVerdict.OtherSet,
            Candidate("mn_depthwise3x3_s8_dsp", Depthwise(channels: 16, kernel: 3), "stm32l4r5", KernelSet.Compact).Verdict
        );
    }

    [Fact]
    public void Of_LayerOfIntegers_NamesRealKernelsAsOfOtherTypes()
    {
        var builder = new NetworkBuilder(1);
        var input = builder.Input(4, 4, 4);
        var graph = builder.Build("sum", builder.Apply(new Add(), input, input));

        Assert.Equal(KernelVerdict.OtherTypes, Candidate("mn_add_f32_portable", graph, "stm32l4r5").Verdict);
    }

    /// <summary>More channels than 16 bits count.</summary>
    [Theory]
    [InlineData("stm32l4r5")]
    [InlineData("rp2040")]
    public void Of_LayerBeyondTheFieldsOfAKernel_SaysSo(string device)
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("large", builder.Conv(builder.Input(1, 2, 1), 70_000, NetworkBuilder.Square(1)));

        Assert.Equal(KernelVerdict.OtherNumbers, Candidate("mn_pointwise_s8_portable", graph, device).Verdict);
        AssertCheapest(graph, device);
    }

    [Theory]
    [InlineData("stm32l4r5")]
    [InlineData("rp2040")]
    [InlineData("corstone300")]
    [InlineData("nrf52840")]
    public void Of_RandomLayers_TheTableTakesTheCheapestOfTheAble(string device)
    {
        for (var seed = 0; seed < 20; seed++)
            AssertCheapest(Layers(seed), device);
    }

    [SharedTheory]
    [InlineData("mcunet_vww_int8")]
    [InlineData("mlperf_resnet8_int8")]
    [InlineData("mlperf_kws_w8_fp32act")]
    public void Of_RealModels_TheTableTakesTheCheapestOfTheAble(string model) =>
        AssertCheapest(
            ModelCompiler.Network(File.ReadAllBytes(Shared.Path("models", "onnx", model + ".onnx")), model, model).Value,
            "stm32l4r5"
        );

    private static void AssertCheapest(NetworkGraph graph, string device)
    {
        var target = DeviceKernels.TargetOf(DeviceDatabase.Find(device).Value);
        foreach (var node in graph.Nodes)
        {
            var (types, chosen) = (graph.TypesOf(node), OperatorTable.Lower(node.Operator, graph.TypesOf(node), target).Function);
            var all = OperatorTable.Candidates(node.Operator, types, target);
            Assert.Equal(KernelVerdict.Able, all.First(c => c.Function == chosen).Verdict);
            Assert.Equal(
                all.Where(c => c.Verdict == KernelVerdict.Able && c.Rows == 1 && !Blocks.Contains(c.Function))
                    .MinBy(c => c.Cycles)!
                    .Function,
                chosen
            );
            Assert.All(all, c => Assert.Equal(c.Verdict == KernelVerdict.Able, c.Cycles is not null));
        }
    }

    private static ImmutableArray<string> Blocks => [.. KernelTable.Blocks.Select(k => k.Function)];

    private static NetworkGraph Layers(int seed)
    {
        var (builder, random) = (new NetworkBuilder(seed, asymmetric: true), new System.Random(seed));
        var x = builder.Input(12, 12, random.Next(1, 9));
        for (var i = 0; i < 4; i++)
        {
            var window = NetworkBuilder.Square(2 * random.Next(3) + 1, random.Next(1, 3));
            x = random.Next(2) == 0 ? builder.Conv(x, random.Next(1, 20), window) : builder.Depthwise(x, window);
        }
        return builder.Build("layers", builder.Dense(x, 3));
    }

    private static NetworkGraph Depthwise(int channels, int kernel)
    {
        var builder = new NetworkBuilder(1);
        return builder.Build("depthwise", builder.Depthwise(builder.Input(12, 12, channels), NetworkBuilder.Square(kernel)));
    }

    private static NetworkGraph Pointwise()
    {
        var builder = new NetworkBuilder(1);
        return builder.Build("pointwise", builder.Conv(builder.Input(12, 12, 8), 8, NetworkBuilder.Square(1)));
    }

    private static KernelCandidate Candidate(string function, NetworkGraph graph, string device, KernelSet set = KernelSet.Fast) =>
        OperatorTable
            .Candidates(
                graph.Nodes[0].Operator,
                graph.TypesOf(graph.Nodes[0]),
                DeviceKernels.TargetOf(DeviceDatabase.Find(device).Value, set)
            )
            .Single(c => c.Function == function);
}
