using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A network with the kernel of each node: what schedules are made of.</summary>
/// <param name="Origin">By node: the node of the network as given that it stands for, -1 where bands brought it.</param>
/// <param name="MacFactor">Its multiply-accumulates over those of the network as given.</param>
public sealed record LoweredNetwork(NetworkRows Rows, ImmutableArray<KernelCall> Kernels, ImmutableArray<int> Origin, double MacFactor)
{
    public NetworkGraph Graph => Rows.Graph;

    public static LoweredNetwork Of(NetworkGraph graph, Func<Node, NodeTypes, KernelCall> lower)
    {
        var kernels = new KernelCall[graph.Nodes.Length];
        Parallel.For(0, kernels.Length, n => kernels[n] = lower(graph.Nodes[n], graph.TypesOf(graph.Nodes[n])));
        return new(
            new NetworkRows(graph),
            ImmutableCollectionsMarshal.AsImmutableArray(kernels),
            [.. Enumerable.Range(0, kernels.Length)],
            1.0
        );
    }

    /// <summary>The same network cut into bands; what bands do not touch keeps its kernels.</summary>
    public LoweredNetwork Banded(BandedNetwork banded, Func<Node, NodeTypes, KernelCall> lower)
    {
        var cut = banded.Segments.Select(s => s.Choice).ToArray();
        var lowered = Of(
            banded.Graph,
            (node, types) =>
                banded.Origin[node.Id.Value] is var origin && origin >= 0 && !cut.Any(c => origin >= c.First && origin < c.End)
                    ? Kernels[origin]
                    : lower(node, types)
        );
        return lowered with
        {
            Origin = [.. banded.Origin.Select(o => o < 0 ? o : Origin[o])],
            MacFactor = Graph.Macs == 0 ? 1 : (double)banded.Graph.Macs / Graph.Macs,
        };
    }

    /// <summary>The same network with those of its kernels that a schedule calls.</summary>
    public LoweredNetwork CalledBy(Schedule schedule) => this with { Kernels = schedule.Called(Kernels) };

    /// <summary>The network as it is, then in the other orders that <see cref="OrderSearch"/> proposes.</summary>
    public IEnumerable<LoweredNetwork> Orders(InputMode input)
    {
        yield return this;
        if (!OrderSearch.IsOpen(Graph))
            yield break;
        foreach (var order in OrderSearch.Candidates(Graph, Kernels, input).Orders.Skip(1))
            yield return new(
                new NetworkRows(GraphOrder.Reorder(Graph, order.Nodes)),
                Permuted(Kernels, order),
                Permuted(Origin, order),
                MacFactor
            );
    }

    private static ImmutableArray<T> Permuted<T>(ImmutableArray<T> values, NodeOrder order) =>
        [.. order.Nodes.Select(n => values[n.Value])];
}
