using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>An integer network of whose layers with weights every other one has them in four bits.</summary>
public static class NarrowNetwork
{
    public static NetworkGraph Of(NetworkGraph graph) => graph with { Nodes = [.. graph.Nodes.Select(Narrow)] };

    private static Node Narrow(Node node) =>
        node.Id.Value % 2 == 0 && node.Operator is ILinear { Weights.Element: ElementType.Int8 } layer
            ? node with
            {
                Operator = layer.WithConstants(Narrow(layer.Weights), layer.Bias),
            }
            : node;

    /// <summary>The upper four bits of each.</summary>
    public static ConstantTensor Narrow(ConstantTensor weights) =>
        weights with
        {
            Data = [.. weights.Data.Select(q => unchecked((byte)((sbyte)q >> 4)))],
            ZeroPoints = [.. weights.ZeroPoints.Select(z => z >> 4)],
            Bits = 4,
        };
}
