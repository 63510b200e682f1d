using System;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>Kernels without scratch, so that figures are bytes of activations as in the published analyses. They take two cycles a
/// multiply-accumulate.</summary>
public static class FreeKernels
{
    public static ScheduleFront Front(NetworkGraph graph, InputDelivery input) => new(LoweredNetwork.Of(graph, Lower), input, Lower);

    public static KernelCall Lower(Node node, NodeTypes types)
    {
        var work = 2.0 * node.Operator.Macs(types) / Math.Max(types.Output.Shape.Height, 1) + types.Output.Shape.RowElements;
        return new()
        {
            Function = "none",
            Sources = [],
            ParameterType = "none",
            Parameters = [],
            Arguments = [],
            CyclesPerStep = 100 + work,
            CyclesPerJoinedRow = work,
        };
    }
}
