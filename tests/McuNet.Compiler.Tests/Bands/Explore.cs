using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Compiler.Tests.Bands;

public class Explore(ITestOutputHelper output)
{
    private static ImmutableArray<KernelCall> FreeKernels(NetworkGraph graph) => graph.Nodes.Select(n => new KernelCall
    {
        Function = "none", Sources = [], ParameterType = "none", Parameters = [], Arguments = [],
        CyclesPerStep = 100 + 2 * n.Operator.Macs(graph.TypesOf(n)) / graph[n.Output].Type.Shape.Height, CyclesPerJoinedRow = 50 + 2 * n.Operator.Macs(graph.TypesOf(n)) / graph[n.Output].Type.Shape.Height,
    }).ToImmutableArray();

    [Theory]
    [InlineData(1.0, 224, InputMode.Resident, 1)]
    [InlineData(1.0, 224, InputMode.Rows, 1)]
    [InlineData(1.0, 224, InputMode.Rows, 4)]
    [InlineData(0.35, 144, InputMode.Resident, 1)]
    [InlineData(0.35, 144, InputMode.Rows, 1)]
    [InlineData(0.35, 144, InputMode.Rows, 4)]
    public void Sweep(double width, int resolution, InputMode input, int passes)
    {
        var graph = MobileNetV2.Build(width, resolution);
        var rows = new NetworkRows(graph);
        var kernels = FreeKernels(graph);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var edges = ScheduleSearch.PriceEdges(rows, kernels, input);
        output.WriteLine($"edges {watch.ElapsedMilliseconds} ms");
        var sets = BandSearch.Find(graph, kernels, edges, ScheduleSearch.Front(edges)[^1].Cost.PeakBytes, input, passes);
        output.WriteLine($"bands {watch.ElapsedMilliseconds} ms");
        foreach (var set in sets)
        {
            var banded = BandRewrite.Apply(graph, set, input == InputMode.Rows);
            var r = new NetworkRows(banded.Graph);
            var k = FreeKernels(banded.Graph);
            output.WriteLine($" rewritten {watch.ElapsedMilliseconds} ms");
            var front = ScheduleSearch.Front(BandEdges.Of(banded, r, k, input, edges));
            output.WriteLine($" searched {watch.ElapsedMilliseconds} ms {front.Length}");
            var last = front[^1];
            var schedule = ScheduleBuilder.Build(r, input, last.Cuts, last.Joined);
            var plan = MemoryPlanner.Plan(r, schedule, k, ArenaOptions.Brief);
            output.WriteLine($" planned {watch.ElapsedMilliseconds} ms");
            output.WriteLine($"  {last.Cost.PeakBytes} plan {plan.ArenaBytes} ({plan.LowerBound}) mac {(double)banded.Graph.Macs / graph.Macs:0.0000} nodes {banded.Graph.Nodes.Length}: {string.Join(" ", set.Select(c => $"[{c.First},{c.End})x{c.Bands}"))} join {banded.Segments[0].Join} cuts {string.Join(" ", last.Cuts)}");
        }
    }
}
