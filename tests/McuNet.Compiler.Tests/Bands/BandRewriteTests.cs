using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Bands;

/// <summary>A network cut into bands is the same network: equal results, valid graph, schedules that hold.</summary>
public sealed class BandRewriteTests
{
    private const int Networks = 1000;
    private static readonly KernelTarget Target = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Apply_RandomNetworksAndBands_GivesTheSameBits(InputMode input)
    {
        var (wrong, banded) = (new List<string>(), 0);
        for (var seed = 1; seed <= Networks; seed++)
        {
            var graph = RandomNetwork.Build(seed);
            var choices = RandomBands.Choose(graph, seed);
            if (choices.Count == 0 || (input == InputMode.Rows && graph.IsOutput(graph.Inputs[0].Tensor)))
                continue;
            banded++;
            var network = BandRewrite.Apply(graph, choices, input == InputMode.Rows).Graph;
            if (GraphVerifier.Check(network, "bands") is { } invalid)
                wrong.Add($"seed {seed}: {invalid.Message}");
            else if (!Equal(graph, network, seed))
                wrong.Add($"seed {seed}: other results for {string.Join(", ", choices)}");
            else if (Fault(network, input, seed) is { } fault)
                wrong.Add($"seed {seed}: {fault}");
        }
        Assert.Empty(wrong);
        Assert.True(banded > Networks / 3, $"only {banded} networks had bands");
    }

    [Fact]
    public void Apply_RandomNetworksOnRealNumbers_GivesTheSameBits()
    {
        var (wrong, banded) = (new List<string>(), 0);
        for (var seed = 1; seed <= Networks / 4; seed++)
        {
            var integers = RandomNetwork.Build(seed);
            var graph = RealNetwork.Of(integers, seed % 2 == 0 ? 0 : seed % integers.Nodes.Length);
            var choices = RandomBands.Choose(graph, seed);
            if (!choices.Any(c => graph.Nodes[c.First..c.End].Any(n => graph[n.Output].Type.Element == ElementType.Float32)))
                continue;
            banded++;
            if (!Equal(graph, BandRewrite.Apply(graph, choices, streamed: false).Graph, seed))
                wrong.Add($"seed {seed}: other results for {string.Join(", ", choices)}");
        }
        Assert.Empty(wrong);
        Assert.True(banded > Networks / 16, $"only {banded} networks had bands of real numbers");
    }

    private static bool Equal(NetworkGraph a, NetworkGraph b, int seed)
    {
        var (x, y) = (ReferenceEvaluator.Run(a, [RandomNetwork.Input(a, seed)]), ReferenceEvaluator.Run(b, [RandomNetwork.Input(b, seed)]));
        return x.Zip(y).All(p => p.First.Bytes.SequenceEqual(p.Second.Bytes));
    }

    private static string? Fault(NetworkGraph graph, InputMode input, int seed)
    {
        var rows = new NetworkRows(graph);
        var offered = OfferedKernels.Of(graph, Target);
        var schedule = RandomSchedule.Build(rows, input, offered, seed);
        var kernels = schedule.Called(offered);
        var plan = MemoryPlanner.Plan(schedule, kernels, ArenaOptions.Greedy);
        return ScheduleVerifier.FindFault(schedule, plan, n => kernels[n].ScratchBytes, n => kernels[n].StateBytes);
    }
}
