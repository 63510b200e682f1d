using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class LikeNodesTests
{
    [Fact]
    public void Lower_TwoBandsOfOneLayer_ShareTheKernelOthersDoNot()
    {
        var net = new NetworkBuilder(seed: 1);
        var graph = net.Build("two", net.Conv(net.Conv(net.Input(8, 8, 4), 4, NetworkBuilder.Square(3)), 4, NetworkBuilder.Square(3)));
        var (first, second) = (graph.Nodes[0], graph.Nodes[1]);
        var (types, narrow) = (graph.TypesOf(first), new TensorShape(8, 4, 4));
        var lowered = new List<Node>();
        var like = new LikeNodes(
            (node, of) =>
            {
                lowered.Add(node);
                return OperatorTable.Lower(node.Operator, of, KernelTarget.Managed);
            }
        );

        var kernel = like.Lower(first, types);
        Assert.Same(kernel, like.Lower(first with { Id = new(7), Name = "band" }, new NodeTypes([.. types.Inputs], types.Output)));
        Assert.NotSame(kernel, like.Lower(second, graph.TypesOf(second)));
        Assert.NotSame(
            kernel,
            like.Lower(first, new NodeTypes([types.Input with { Shape = narrow }], types.Output with { Shape = narrow }))
        );
        Assert.Equal(3, lowered.Count);
    }
}
