using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>A network with other sizes, or the layer that is in the way. Invariant: one of the two is null.</summary>
public readonly record struct ScaledNetwork
{
    private ScaledNetwork(NetworkGraph? graph, string? whyNot) => (Graph, WhyNot) = (graph, whyNot);

    public NetworkGraph? Graph { get; }

    public string? WhyNot { get; }

    internal static ScaledNetwork Of(NetworkGraph graph) => new(graph, null);

    internal static ScaledNetwork None(string whyNot) => new(null, whyNot);
}
