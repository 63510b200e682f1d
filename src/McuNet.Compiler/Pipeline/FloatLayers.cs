using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Pipeline;

/// <summary>The layers of a network that compute in float32.</summary>
public static class FloatLayers
{
    /// <summary>Those that take real numbers, without the ones that only make integers of them, or real numbers of integers, or choose rows
    /// by them.</summary>
    public static ImmutableArray<Node> Of(NetworkGraph graph) =>
        [
            .. graph.Nodes.Where(n =>
                n.Operator is not (Quantize or Dequantize or Narrow or Widen or Gather) && graph.TypesOf(n).Inputs.Any(t => !t.IsQuantized)
            ),
        ];

    /// <summary>Whether other layers compute in integers.</summary>
    public static bool AreIslands(NetworkGraph graph) =>
        graph.Nodes.Any(n => n.Operator is not (Quantize or Dequantize or Known or Gather) && graph.TypesOf(n).Output.IsQuantized);

    /// <summary>Multiply-accumulates of these layers of all that the network does, in percent; 0 where it does none.</summary>
    public static double Share(NetworkGraph graph, ImmutableArray<Node> layers) =>
        graph.Macs == 0 ? 0 : 100.0 * layers.Sum(n => n.Operator.Macs(graph.TypesOf(n))) / graph.Macs;
}
