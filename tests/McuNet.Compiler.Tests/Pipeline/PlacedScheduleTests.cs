using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

/// <summary>Arenas that grow so that weights are not read from flash for every pair of pixels.</summary>
public sealed class PlacedScheduleTests
{
    /// <summary>Weights of a convolution: 32 channels of 9 * 32 taps, in records of 36 + 4 * 288 bytes for four channels each.</summary>
    private const int Records = 8 * (36 + 4 * 288);

    private static readonly CompileOptions Options = new() { Name = "net", Device = DeviceDatabase.Find("stm32l4r5").Value };

    [Fact]
    public void Compile_ConvolutionsOnASmallMap_KeepsAllWeightsWhereTimeIsWorthTheBytes()
    {
        var (fit, memory) = (Compile(Options), Compile(Options with { Objective = Objective.Memory }));

        Assert.Equal(0, memory.Memory.WeightBytes);
        Assert.InRange(fit.Memory.WeightBytes, Records / 2, Records);
        Assert.Equal([8, 8], fit.Kernels.Select(k => k.Kept));
        Assert.True(
            TimeForMemory.Price(fit.Cycles, fit.Memory.ArenaBytes, fit.Cycles)
                < TimeForMemory.Price(fit.Cycles + fit.SavedByMemory, fit.Memory.ArenaBytes - fit.Memory.WeightBytes, fit.Cycles)
        );
        Assert.All(fit.Memory.Buffers, b => Assert.InRange(b.Offset + b.Live.Max(l => l.Hi), 0, fit.Memory.ArenaBytes));
    }

    [Fact]
    public void Drawing_KeptWeights_AreCalledWeights()
    {
        var buffers = ReportDrawings.Of(Compiled(Options), new PassHistory()).Buffers;

        Assert.Equal(2, buffers.Count(b => b.What == "weights" && b.Name.EndsWith(" weights", System.StringComparison.Ordinal)));
        Assert.DoesNotContain(buffers, b => b.What == "accumulators");
    }

    [Fact]
    public void Compile_LittleMemory_GrowsNoFurther()
    {
        var whole = Compile(Options);
        var sram = whole.Memory.ArenaBytes - Records / 4 + StackEstimate.Bytes(whole.Graph.Nodes.Length);
        var tight = Compile(Options with { Budgets = new Budgets(SramBytes: sram) });

        Assert.InRange(tight.Memory.ArenaBytes, 1, whole.Memory.ArenaBytes - Records / 4);
        Assert.InRange(tight.Cycles, whole.Cycles, double.MaxValue);
    }

    [Fact]
    public void Compile_ForCSharpAlone_GrowsNot() => Assert.Equal(0, Compile(Options with { Targets = Targets.CSharp }).Memory.WeightBytes);

    [Fact]
    public void Compile_DeviceWhoseMemoryIsIdeal_GrowsNot() =>
        Assert.Equal(0, Compile(Options with { Device = Options.Device.WithIdealMemory() }).Memory.WeightBytes);

    /// <summary>8 x 8 pixels of 32 channels: 2 kB beside 9.5 kB of weights that each of 32 pairs reads.</summary>
    private static Compilation Compiled(CompileOptions options)
    {
        var net = new NetworkBuilder(7);
        var x = net.Conv(net.Input(8, 8, 32), 32, NetworkBuilder.Square(3), Clamp.Relu);
        var graph = net.Build("deep", net.Conv(x, 32, NetworkBuilder.Square(3), Clamp.Relu));
        return ModelCompiler
            .Compile(graph with { Nodes = [.. graph.Nodes.Select(n => n with { Operator = Halved((Conv2D)n.Operator) })] }, options)
            .Value;
    }

    private static CompiledModel Compile(CompileOptions options) => Compiled(options).Model;

    /// <summary>No weight is -128, which beside a negative one would leave the layer to portable code.</summary>
    private static Conv2D Halved(Conv2D layer) =>
        layer with
        {
            Weights = layer.Weights with { Data = [.. layer.Weights.Data.Select(w => (byte)((sbyte)w / 2))] },
        };
}
