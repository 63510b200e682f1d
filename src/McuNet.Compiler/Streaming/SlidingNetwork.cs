using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Streaming;

/// <summary>A network that takes the new rows of a window, and where it computes again what was known.</summary>
/// <param name="Graph">Its results are those of the network on the whole window, bit for bit.</param>
/// <param name="Edges">Nodes that compute rows at the ends of each window anew, because padding reaches them.</param>
/// <param name="EdgeMacs">Multiply-accumulates of these rows.</param>
/// <param name="Head">The first nodes that take whole tensors.</param>
/// <param name="HeadMacs">Multiply-accumulates of all that come after rows do.</param>
public sealed record SlidingNetwork(
    NetworkGraph Graph,
    ImmutableArray<string> Edges,
    long EdgeMacs,
    ImmutableArray<Node> Head,
    long HeadMacs
)
{
    /// <summary>Rows of the input of which every hop must be a multiple, and the first node for which it must.</summary>
    public static (int Rows, Node? Node) HopStep(NetworkGraph graph, TensorId input, int hop, bool isPadded)
    {
        var time = TimeAnalysis.Of(graph, input, hop, isPadded);
        var strides = graph.Nodes.Where(n => time[n.Id] is not null).Select(n => (Node: n, time[n.Output]!.Stride)).ToArray();
        var step = strides.Aggregate(1, (multiple, s) => Multiples.Least(multiple, s.Stride));
        return (step, strides.FirstOrDefault(s => hop % s.Stride != 0).Node);
    }

    /// <summary>The network with the columns of an input as its rows.</summary>
    public static NetworkGraph Upright(NetworkGraph graph, int port) => UprightSignal.Of(graph, port);

    /// <param name="port">Index of an input with more rows than the hop.</param>
    /// <param name="hop">A multiple of <see cref="HopStep"/>.</param>
    /// <param name="axis">Index of the dimension of the port that counts its rows, or all that rows hold with them.</param>
    /// <param name="inColumns">Whether the network was turned <see cref="Upright"/>, and the application gives what were its
    /// columns.</param>
    public static SlidingNetwork Of(NetworkGraph graph, int port, int hop, int axis, bool isPadded, bool inColumns = false) =>
        new SlidingRewrite(graph, port, hop, isPadded).Run(axis, inColumns);
}
