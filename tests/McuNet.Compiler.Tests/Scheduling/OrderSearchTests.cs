using System;
using System.Collections.Generic;
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

public sealed class OrderSearchTests(ITestOutputHelper output)
{
    private const int Networks = 60;
    private static readonly KernelTarget Target = new(
        KernelLanguage.C,
        DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.LongMultiply
    );

    [Theory]
    [InlineData(InputMode.Resident)]
    [InlineData(InputMode.Rows)]
    public void Candidates_SmallNetworks_PeakIsTheSmallestOfAllOrders(InputMode input)
    {
        var (open, gained) = (0, 0);
        for (var seed = 1; seed <= Networks; seed++)
        {
            var graph = WiredNetwork.Random(seed, nodes: 3 + seed % 5);
            var kernels = Lower(graph);
            var found = OrderSearch.Candidates(graph, kernels, input);
            var peaks = AllOrders(graph).Select(o => LayerPeak(graph, kernels, input, o)).ToArray();
            Assert.True(found.Proved, $"seed {seed}");
            Assert.True(peaks.Min() == found.LowerBound, $"seed {seed}: {found.LowerBound} found, {peaks.Min()} of {peaks.Length} orders");
            Assert.All(found.Orders, o => Assert.Equal(LayerPeak(graph, kernels, input, o.Nodes), o.PeakBytes));
            Assert.Equal(peaks.Length > 1, OrderSearch.IsOpen(graph));
            open += peaks.Length > 1 ? 1 : 0;
            gained += peaks.Min() < found.Orders[0].PeakBytes ? 1 : 0;
        }
        output.WriteLine($"{open} of {Networks} networks have several orders, {gained} gain");
        Assert.True(open > Networks / 2 && gained > Networks / 10, $"{open} open, {gained} gained");
    }

    [Fact]
    public void Candidates_AnyOrder_ReferenceOutputsAreUnchanged()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var graph = WiredNetwork.Random(seed, nodes: 14);
            var expected = ReferenceEvaluator.Run(graph, [RandomNetwork.Input(graph, seed)]);
            foreach (var order in OrderSearch.Candidates(graph, Lower(graph), InputMode.Resident).Orders)
            {
                var actual = ReferenceEvaluator.Run(GraphOrder.Reorder(graph, order.Nodes), [RandomNetwork.Input(graph, seed)]);
                Assert.Equal(expected.Select(t => t.Bytes), actual.Select(t => t.Bytes));
            }
        }
    }

    [Fact]
    public void Candidates_BudgetSpent_StillGivesAnOrderAndALowerBound()
    {
        var graph = WiredNetwork.Random(2, nodes: 40, reach: 6);
        var kernels = Lower(graph);
        var exact = OrderSearch.Candidates(graph, kernels, InputMode.Resident);
        var brief = OrderSearch.Candidates(graph, kernels, InputMode.Resident, budget: 3);
        output.WriteLine(
            $"exact {exact.LowerBound} proved {exact.Proved}, brief {brief.LowerBound} to {brief.Orders.Min(o => o.PeakBytes)}"
        );
        Assert.True(exact.Proved);
        Assert.False(brief.Proved);
        Assert.InRange(brief.LowerBound, 1, exact.LowerBound);
        Assert.True(brief.Orders.Min(o => o.PeakBytes) >= exact.LowerBound);
    }

    [Fact]
    public void IsOpen_ChainWithResiduals_IsNot()
    {
        var graph = MobileNetV2.Build(0.35, 96);
        Assert.False(OrderSearch.IsOpen(graph));
        Assert.Single(LoweredNetwork.Of(graph, Lowered).Orders(InputMode.Resident));
    }

    /// <summary>Bytes layer by layer and row by row, in the order of the file and in the best one. Kernels have no scratch here.</summary>
    [Theory]
    [InlineData("cell", 25344, 11008, 7104, 6592)]
    [InlineData("wired 6 20 100", 8992, 8992, 13432, 13432)]
    [InlineData("wired 6 40 6", 118248, 116904, 159060, 153544)]
    public void Front_IrregularNetwork_NeedsNoMoreThanInTheOrderOfTheFile(
        string network,
        int fileLayers,
        int layers,
        int fileRows,
        int rows
    )
    {
        var numbers = network.Split(' ').Skip(1).Select(int.Parse).ToArray();
        var graph = numbers is [var seed, var nodes, var reach]
            ? WiredNetwork.Random(seed, nodes, reach)
            : WiredNetwork.Cell(branches: 4, wide: 24, narrow: 4);
        var kernels = Lower(graph).Select(k => k with { ScratchBytes = 0 }).ToImmutableArray();
        var found = OrderSearch.Candidates(graph, kernels, InputMode.Resident);
        var inFileOrder = SmallestInFileOrder(graph, kernels);
        var lowered = LoweredNetwork.Of(graph, (node, types) => Lowered(node, types) with { ScratchBytes = 0 });
        var best = new ScheduleFront(lowered, new InputDelivery(InputMode.Resident), null).Points[^1].ArenaBytes;
        output.WriteLine($"{network}: layers {found.Orders[0].PeakBytes} -> {found.LowerBound}, rows {inFileOrder} -> {best}");
        Assert.True(found.Proved);
        Assert.Equal((fileLayers, layers), (found.Orders[0].PeakBytes, found.LowerBound));
        Assert.InRange(inFileOrder, 1, fileRows);
        Assert.InRange(best, 1, Math.Min(rows, inFileOrder));
    }

    private static int SmallestInFileOrder(NetworkGraph graph, ImmutableArray<KernelCall> kernels)
    {
        var rows = new NetworkRows(graph);
        return ScheduleSearch
            .Find(rows, kernels, InputMode.Resident)
            .Front.Min(c =>
                MemoryPlanner
                    .Plan(ScheduleBuilder.Build(rows, InputMode.Resident, c.Cuts, c.Blocks), kernels, ArenaOptions.Brief)
                    .ArenaBytes
            );
    }

    private static ImmutableArray<KernelCall> Lower(NetworkGraph graph) =>
        graph.Nodes.Select(n => Lowered(n, graph.TypesOf(n))).ToImmutableArray();

    private static KernelCall Lowered(Node node, NodeTypes types) => OperatorTable.Lower(node.Operator, types, Target);

    private static int LayerPeak(NetworkGraph graph, ImmutableArray<KernelCall> kernels, InputMode input, IReadOnlyList<NodeId> order)
    {
        var pricer = new SegmentPricer(new NetworkRows(GraphOrder.Reorder(graph, order)), [.. order.Select(n => kernels[n.Value])], input);
        return Enumerable.Range(0, order.Count).Max(n => pricer.Interleaved(n, n + 1).PeakBytes);
    }

    private static IEnumerable<ImmutableArray<NodeId>> AllOrders(NetworkGraph graph)
    {
        var producer = graph.Nodes.ToDictionary(n => n.Output, n => n.Id);
        return Extend([]);

        IEnumerable<ImmutableArray<NodeId>> Extend(ImmutableArray<NodeId> order) =>
            order.Length == graph.Nodes.Length
                ? [order]
                : graph
                    .Nodes.Where(n => !order.Contains(n.Id) && n.Inputs.All(t => !producer.TryGetValue(t, out var p) || order.Contains(p)))
                    .SelectMany(n => Extend(order.Add(n.Id)));
    }
}
