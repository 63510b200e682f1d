using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;

namespace McuNet.Search.Redistribution;

/// <summary>A network whose beginning is computed in patches.</summary>
/// <param name="Edits">What was changed to get here, in order.</param>
/// <param name="Field">Of the whole network, in rows of the input.</param>
/// <param name="Stage">Of the result of the part in patches.</param>
/// <param name="Share">Rows of that result which a patch gives at most.</param>
public sealed record GraphDistribution(
    NetworkGraph Graph,
    ImmutableArray<GraphEdit> Edits,
    int Field,
    GraphField Stage,
    int Share,
    PatchGeometry Geometry
)
{
    /// <summary>Rows of the input that a patch reads beyond its own share of them.</summary>
    public int HaloRows => Geometry.Side - Share * Stage.Jump;

    /// <summary>Multiply-accumulates that neighbouring patches both compute.</summary>
    public long HaloMacs => Geometry.ClampedMacs - Geometry.StageMacs;

    /// <summary>Multiply-accumulates of the whole network in patches.</summary>
    public long Macs => Geometry.NetworkMacs + HaloMacs;
}

/// <summary>
/// Network redistribution (MCUNetV2) of any network: kernels of the part in patches become smaller and residual blocks there go, later
/// kernels become larger, until the receptive field is at least what it was.
/// </summary>
public static class GraphRedistributor
{
    /// <summary>
    /// The last node of the part in patches: before the first tensor, alone between what was and what comes, with at most an eighth of the
    /// input's rows, and smaller than the next. Null where there is none.
    /// </summary>
    public static string? StageEnd(NetworkGraph graph)
    {
        var (cuts, rows) = (Cuts.Of(graph), graph[graph.Inputs[0].Tensor].Type.Shape.Height);
        for (var end = 1; end < cuts.Length; end++)
        {
            if (
                cuts[end] is not { } tensor
                || graph[tensor].Type.Shape is var shape && (!PatchRule.IsSmall(shape.Height, rows) || shape.Height < 2)
            )
                continue;
            if (end + 1 == cuts.Length || cuts[end + 1] is not { } next || graph[next].Type.Bytes > graph[tensor].Type.Bytes)
                return graph.Nodes[end - 1].Name;
        }
        return null;
    }

    /// <summary>4 along each side, or 2 where the result of the part has fewer than 16 rows.</summary>
    public static int Patches(NetworkGraph graph, string last) =>
        PatchRule.Patches(graph[graph.Nodes.Last(n => n.Name == last).Output].Type.Shape.Height);

    /// <summary>The network as it is; null where it cannot be computed in patches up to that node.</summary>
    /// <param name="last">Name of the last node in patches.</param>
    /// <param name="patches">Along each side.</param>
    public static GraphDistribution? Describe(NetworkGraph graph, string last, int patches) => Described(graph, last, patches, []);

    /// <summary>
    /// Networks with ever smaller halo and at least the same receptive field; empty where nothing can move. Each step takes the reduction
    /// that leaves the least halo, and adds back with the fewest multiply-accumulates.
    /// </summary>
    public static ImmutableArray<GraphDistribution> Propose(GraphDistribution start, string last, int patches)
    {
        var proposals = ImmutableArray.CreateBuilder<GraphDistribution>();
        var current = start;
        while (Step(current, start.Field, last, patches) is { } next)
            proposals.Add(current = next);
        return proposals.ToImmutable();
    }

    private static GraphDistribution? Step(GraphDistribution current, int field, string last, int patches) =>
        GraphEdits
            .Reductions(current.Graph, EndOf(current.Graph, last))
            .Where(r => r.Graph.Nodes.Any(n => n.Name == last))
            .Select(r => Restored(r.Graph, current.Edits.Add(r.Edit), field, last, patches))
            .OfType<GraphDistribution>()
            .Where(d => d.HaloMacs < current.HaloMacs)
            .OrderBy(d => d.HaloMacs)
            .ThenBy(d => d.Macs)
            .FirstOrDefault();

    /// <summary>With later kernels enlarged until the field is there again; null where that is impossible.</summary>
    private static GraphDistribution? Restored(NetworkGraph graph, ImmutableArray<GraphEdit> edits, int field, string last, int patches)
    {
        while (GraphField.Largest(graph) < field)
        {
            var larger = GraphEdits
                .Enlargements(graph, EndOf(graph, last))
                .Select(e => (e.Graph, e.Edit, Field: GraphField.Largest(e.Graph), e.Graph.Macs))
                .ToArray();
            if (larger.Length == 0)
                return null;
            var best = larger.Any(e => e.Field >= field)
                ? larger.Where(e => e.Field >= field).MinBy(e => e.Macs)
                : larger.OrderByDescending(e => e.Field).ThenBy(e => e.Macs).First();
            if (best.Field == GraphField.Largest(graph))
                return null;
            (graph, edits) = (best.Graph, edits.Add(best.Edit));
        }
        return Described(graph, last, patches, edits);
    }

    private static GraphDistribution? Described(NetworkGraph graph, string last, int patches, ImmutableArray<GraphEdit> edits)
    {
        var end = EndOf(graph, last);
        if (PatchGeometry.Of(graph, 0, end, patches) is not { } geometry)
            return null;
        var result = graph.Nodes[end - 1].Output;
        var rows = graph[result].Type.Shape.Height;
        return new(graph, edits, GraphField.Largest(graph), GraphField.Of(graph)[result.Value], (rows + patches - 1) / patches, geometry);
    }

    private static int EndOf(NetworkGraph graph, string last) => graph.Nodes.Last(n => n.Name == last).Id.Value + 1;
}
