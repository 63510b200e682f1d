using System;
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
        return new(new NetworkRows(graph), ImmutableCollectionsMarshal.AsImmutableArray(kernels), [.. Enumerable.Range(0, kernels.Length)], 1.0);
    }

    /// <summary>The same network cut into bands; what bands do not touch keeps its kernels.</summary>
    public LoweredNetwork Banded(BandedNetwork banded, Func<Node, NodeTypes, KernelCall> lower)
    {
        var cut = banded.Segments.Select(s => s.Choice).ToArray();
        var lowered = Of(banded.Graph, (node, types) => banded.Origin[node.Id.Value] is var origin && origin >= 0 && !cut.Any(c => origin >= c.First && origin < c.End)
            ? Kernels[origin]
            : lower(node, types));
        return lowered with { Origin = banded.Origin, MacFactor = Graph.Macs == 0 ? 1 : (double)banded.Graph.Macs / Graph.Macs };
    }
}
