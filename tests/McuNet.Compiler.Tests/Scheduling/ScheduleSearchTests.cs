using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Scheduling;

public class ScheduleSearchTests(ITestOutputHelper output)
{
    private static readonly KernelTarget Dsp = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    [Theory]
    [InlineData(1.0, 224, InputMode.Resident, 208768)]
    [InlineData(1.0, 224, InputMode.Rows, 132832)]
    [InlineData(0.35, 144, InputMode.Resident, 64152)]
    [InlineData(0.35, 144, InputMode.Rows, 23184)]
    public void Front_MobileNetV2_ReachesTheBoundWithoutRecomputation(double width, int resolution, InputMode input, int bound)
    {
        var front = FreeKernels.Front(MobileNetV2.Build(width, resolution), new InputDelivery(input));
        var smallest = front.Points.Last(p => p.Network.MacFactor == 1);
        var plan = smallest.Memory;
        output.WriteLine($"planned {plan.ArenaBytes} bound {plan.LowerBound}; cuts {string.Join(" ", smallest.Candidate.Cuts)}");
        Assert.Null(ScheduleVerifier.FindFault(smallest.Schedule, plan, _ => 0, _ => 0));
        Assert.InRange(plan.ArenaBytes, 1, bound * 105 / 100 + 4096);
    }

    /// <summary>Segments of irregular wiring are replayed one by one, up to a count of steps; those of a chain are priced together, all of
    /// them.</summary>
    [Fact]
    public void Find_IrregularWiring_ReplaysNoMoreStepsThanAllowed()
    {
        const int Allowed = 30_000;
        var wired = WiredNetwork.Random(1, 80);
        var (rows, kernels) = (new NetworkRows(wired), wired.Nodes.Select(n => Outlined(n, wired.TypesOf(n))).ToImmutableArray());
        var (all, some) = (
            Replayed(ScheduleSearch.Find(rows, kernels, InputMode.Resident)),
            ScheduleSearch.Find(rows, kernels, InputMode.Resident, Allowed)
        );
        Assert.InRange(Replayed(some), 1, Allowed);
        Assert.True(all > 4 * Allowed, $"{all} steps without a limit");
        Assert.All(Enumerable.Range(0, wired.Nodes.Length), n => Assert.Contains(some.Edges[n], e => e.To == n + 1));

        var chain = MobileNetV2.Build(0.35, 96);
        var nodes = chain.Nodes.Length;
        var found = ScheduleSearch.Find(
            new NetworkRows(chain),
            chain.Nodes.Select(n => FreeKernels.Lower(n, chain.TypesOf(n))).ToImmutableArray(),
            InputMode.Resident,
            Allowed
        );
        Assert.InRange(found.Edges.Sum(list => list.Count), nodes * (nodes + 1) / 2 * 9 / 10, nodes * (nodes + 3) / 2);

        long Replayed(SearchedSegments found) =>
            found.Edges.Sum(list =>
                list.Where(e => e.To > e.From + 1)
                    .Sum(e => Enumerable.Range(e.From, e.To - e.From).Sum(n => (long)rows.Dependencies[n].Steps))
            );
    }

    private static KernelCall Outlined(Node node, NodeTypes types) => OperatorTable.Outline(node.Operator, types, Dsp);

    /// <summary>With blocks the front is nowhere behind that without, ahead of it at small arenas, and its schedules hold and cost what
    /// they were priced at.</summary>
    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Find_BlocksOfRows_SaveCyclesAtTheSameBytes(InputMode input)
    {
        var graph = MobileNetV2.Build(0.35, 96);
        var rows = new NetworkRows(graph);
        var kernels = graph.Nodes.Select(n => Outlined(n, graph.TypesOf(n))).ToImmutableArray();
        var plain = ScheduleSearch
            .Find(
                rows,
                [.. kernels.Select((k, n) => k with { Blocks = [.. k.Blocks.Where(b => b.Rows >= rows.Dependencies[n].Steps)] })],
                input
            )
            .Front;
        var front = ScheduleSearch.Find(rows, kernels, input).Front;
        Assert.All(plain, p => Assert.Contains(front, f => f.Cost.PeakBytes <= p.Cost.PeakBytes && f.Cost.Cycles <= p.Cost.Cycles));
        double Fewest(ImmutableArray<ScheduleCandidate> found) =>
            found.Where(c => c.Cost.PeakBytes <= plain[^1].Cost.PeakBytes * 1.5).Min(c => c.Cost.Cycles);
        output.WriteLine(
            $"{plain[^1].Cost.PeakBytes} bytes at the least; {plain[0].Cost.Cycles:N0} cycles at best; at 1.5 times the least without blocks {Fewest(plain):N0}, with {Fewest(front):N0}"
        );
        Assert.True(
            Fewest(front) - plain[0].Cost.Cycles < (Fewest(plain) - plain[0].Cost.Cycles) / 2,
            "blocks take off less than half of what small arenas cost"
        );
        foreach (var candidate in front)
        {
            var schedule = ScheduleBuilder.Build(rows, input, candidate.Cuts, candidate.Blocks);
            var called = schedule.Called(kernels);
            var plan = MemoryPlanner.Plan(schedule, called, ArenaOptions.Greedy);
            Assert.Null(ScheduleVerifier.FindFault(schedule, plan, n => called[n].ScratchBytes, n => called[n].StateBytes));
            Assert.Equal(
                candidate.Cost.Cycles,
                schedule.Steps.Where(s => !s.IsInput).Sum(s => SegmentPricer.CyclesOf(s, called[s.Node.Value])),
                0.01 * candidate.Cost.Cycles
            );
        }
    }
}
