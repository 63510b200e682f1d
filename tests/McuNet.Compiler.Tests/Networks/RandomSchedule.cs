using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>
/// A legal schedule that the search might never choose: cuts anywhere, any joinable node joined, blocks of any of the offered sizes, a
/// streamed input delivered whole or row by row.
/// </summary>
public static class RandomSchedule
{
    private static readonly KernelTarget Target = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    /// <summary>A schedule of a random network on a core with the DSP extension, with the kernels that it calls.</summary>
    public static (NetworkRows Rows, Schedule Schedule, ImmutableArray<KernelCall> Kernels) OfSeed(int seed, InputMode input)
    {
        var graph = RandomNetwork.Build(seed);
        var rows = new NetworkRows(graph);
        var offered = OfferedKernels.Of(graph, Target);
        var schedule = Build(rows, input, offered, seed);
        return (rows, schedule, schedule.Called(offered));
    }

    public static Schedule Build(NetworkRows rows, InputMode input, ImmutableArray<KernelCall> kernels, int seed)
    {
        var random = new Random(seed);
        var density = random.NextDouble();
        var nodes = Enumerable.Range(0, rows.Graph.Nodes.Length).ToArray();
        var cuts = nodes.Where(n => n == 0 || random.NextDouble() < density).ToArray();
        var alone = cuts.Where((c, i) => (i + 1 < cuts.Length ? cuts[i + 1] : nodes.Length) == c + 1).ToHashSet();
        var joined = nodes.Where(n => alone.Contains(n) && SegmentPricer.MayJoin(rows, n, kernels[n]) && random.Next(2) == 0).ToHashSet();
        var blocks = nodes
            .Select(n => joined.Contains(n) ? rows.Dependencies[n].Steps : Part(kernels[n], rows.Dependencies[n].Steps, random))
            .ToArray();
        return ScheduleBuilder.Build(rows, input, cuts, blocks, inputFirst: input == InputMode.Rows && seed % 5 == 0);
    }

    /// <summary>By node: rows of a block that does not hold all of them, as often none; for the nodes of a segment.</summary>
    public static int[] Parts(NetworkRows rows, ImmutableArray<KernelCall> kernels, Random random) =>
        kernels.Select((k, n) => Part(k, rows.Dependencies[n].Steps, random)).ToArray();

    private static int Part(KernelCall kernel, int steps, Random random)
    {
        var offered = kernel.Blocks.Where(b => b.Rows < steps).Select(b => b.Rows).Append(0).ToArray();
        return offered[random.Next(offered.Length)];
    }
}
