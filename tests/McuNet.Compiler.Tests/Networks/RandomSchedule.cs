using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>A legal schedule that the search might never choose: cuts anywhere, any joinable node joined.</summary>
public static class RandomSchedule
{
    public static Schedule Build(NetworkRows rows, InputMode input, ImmutableArray<KernelCall> kernels, int seed)
    {
        var random = new Random(seed);
        var density = random.NextDouble();
        var nodes = Enumerable.Range(0, rows.Graph.Nodes.Length).ToArray();
        var cuts = nodes.Where(n => n == 0 || random.NextDouble() < density).ToArray();
        var joined = nodes.Where(n => SegmentPricer.MayJoin(rows, n, kernels[n]) && random.Next(2) == 0).ToHashSet();
        return ScheduleBuilder.Build(rows, input, cuts, joined);
    }
}
