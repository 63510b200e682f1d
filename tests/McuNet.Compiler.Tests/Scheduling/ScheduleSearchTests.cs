using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Scheduling;

public class ScheduleSearchTests(ITestOutputHelper output)
{
    /// <summary>Kernels without scratch, so that figures are bytes of activations as in the published analyses.</summary>
    private static ImmutableArray<KernelCall> FreeKernels(NetworkGraph graph) => graph.Nodes.Select(n => new KernelCall
    {
        Function = "none", Sources = [], ParameterType = "none", Parameters = [], Arguments = [],
        CyclesPerStep = 1000, CyclesPerJoinedRow = 900,
    }).ToImmutableArray();

    [Theory]
    [InlineData(1.0, 224, InputMode.Resident, 208768)]
    [InlineData(1.0, 224, InputMode.Rows, 132832)]
    [InlineData(0.35, 144, InputMode.Resident, 64152)]
    [InlineData(0.35, 144, InputMode.Rows, 23184)]
    public void Front_MobileNetV2_ReachesTheBoundWithoutRecomputation(double width, int resolution, InputMode input, int bound)
    {
        var graph = MobileNetV2.Build(width, resolution);
        var rows = new NetworkRows(graph);
        var kernels = FreeKernels(graph);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var candidates = ScheduleSearch.Front(rows, kernels, input);
        output.WriteLine($"search {watch.ElapsedMilliseconds} ms, {candidates.Length} candidates, estimate {candidates[^1].Cost.PeakBytes}");
        var front = new PlannedFront(rows, kernels, input);
        output.WriteLine($"front {watch.ElapsedMilliseconds} ms: {string.Join(" ", front.Points.Select(p => p.Memory.ArenaBytes))}");
        var plan = PlannedFront.PlanExactly(front.Points[^1]);
        output.WriteLine($"planned {plan.ArenaBytes} bound {plan.LowerBound} at {watch.ElapsedMilliseconds} ms; cuts {string.Join(" ", front.Points[^1].Candidate.Cuts)}");
        Assert.Null(ScheduleVerifier.FindFault(rows, front.Points[^1].Schedule, plan, _ => 0, _ => 0));
        Assert.InRange(plan.ArenaBytes, 1, bound * 105 / 100 + 4096);
    }
}
