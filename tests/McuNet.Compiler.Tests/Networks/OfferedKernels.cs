using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>The kernels of a network's nodes, with blocks of all sizes that there are, also those that gain nothing.</summary>
public static class OfferedKernels
{
    public static ImmutableArray<KernelCall> Of(NetworkGraph graph, KernelTarget target) =>
        [.. graph.Nodes.Select(n => Lower(n.Operator, graph.TypesOf(n), target))];

    private static KernelCall Lower(Operator op, NodeTypes types, KernelTarget target)
    {
        var call = OperatorTable.Lower(op, types, target);
        if (
            op is not DepthwiseConv2D depthwise
            || !types.Output.IsQuantized
            || call.Function.Contains("_mve", System.StringComparison.Ordinal)
        )
            return call;
        var layer = depthwise.Layer(types);
        return call with
        {
            Blocks =
            [
                .. KernelTable
                    .ApplicableBlocks(layer, target)
                    .DistinctBy(b => b.RowsOf(layer))
                    .Select(b => b.Bind(layer, target))
                    .OrderBy(b => b.Rows),
            ],
        };
    }
}
