using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>A network in one of its orders.</summary>
/// <param name="Kernels">By node of this order.</param>
public sealed record OrderedNetwork(NetworkRows Rows, ImmutableArray<KernelCall> Kernels)
{
    public NetworkGraph Graph => Rows.Graph;

    /// <summary>The network as it is, then in the other orders that <see cref="OrderSearch"/> proposes.</summary>
    public static IEnumerable<OrderedNetwork> Candidates(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        yield return new OrderedNetwork(rows, kernels);
        if (!OrderSearch.IsOpen(rows.Graph))
            yield break;
        foreach (var order in OrderSearch.Candidates(rows.Graph, kernels, input).Orders.Skip(1))
            yield return new OrderedNetwork(new NetworkRows(GraphOrder.Reorder(rows.Graph, order.Nodes)), [.. order.Nodes.Select(n => kernels[n.Value])]);
    }
}
