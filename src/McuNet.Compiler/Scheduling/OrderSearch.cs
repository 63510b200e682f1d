using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// Looks for orders of the nodes that need little memory, region by region: the order of the file, the one with the smallest peak layer by
/// layer, one that also leaves few bytes live between layers, and each branch to its end. Which of them is best row by row only a search
/// for cuts can tell.
/// </summary>
public static class OrderSearch
{
    /// <summary>Most sets of finished nodes that are looked at in one graph.</summary>
    public const int Budget = 100_000;

    /// <summary>Whether the graph allows more than one order.</summary>
    public static bool IsOpen(NetworkGraph graph) => OrderRegions.Of(graph).Any(r => r.Length > 1);

    /// <summary>The order of the file first, and alone where no other is worth a try.</summary>
    public static OrderCandidates Candidates(NetworkGraph graph, ImmutableArray<KernelCall> kernels, InputMode input, int budget = Budget)
    {
        var regions = OrderRegions.Of(graph);
        var layers = new LayerReplay(graph, kernels, input);
        var file = regions.SelectMany(r => r).ToImmutableArray();
        var depthFirst = DepthFirstOrder.Of(graph);
        var (best, beam) = (ImmutableArray.CreateBuilder<int>(file.Length), ImmutableArray.CreateBuilder<int>(file.Length));
        var bound = 0;
        var state = layers.Start;
        foreach (var region in regions)
        {
            var light = BeamOrder.Of(layers, state, region);
            var found = RegionSearch.Best(layers, state, [region, Within(region, depthFirst), light], budget);
            budget -= found.Visited;
            bound = Math.Max(bound, found.LowerBound);
            best.AddRange(found.Nodes);
            beam.AddRange(light);
            state = layers.Run(state, found.Nodes);
        }
        var orders = new[] { file, best.MoveToImmutable(), beam.MoveToImmutable(), depthFirst }
            .DistinctBy(o => string.Join(' ', o))
            .Select(o => Order(layers, o))
            .ToImmutableArray();
        return new OrderCandidates(orders, bound, orders.Min(o => o.PeakBytes) == bound);
    }

    private static NodeOrder Order(LayerReplay layers, ImmutableArray<int> nodes) =>
        new([.. nodes.Select(n => new NodeId(n))], layers.Run(layers.Start, nodes).Peak);

    private static ImmutableArray<int> Within(ImmutableArray<int> region, ImmutableArray<int> order) => [.. order.Where(region.Contains)];
}
