using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Report;
using McuNet.Compiler.Scheduling;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>The operators of a compiled network with all that each of them needs; bands of an operator are one.</summary>
internal static class ReportOperators
{
    public static ImmutableArray<ReportOperator> Of(Compilation compilation)
    {
        var (model, live) = (compilation.Model, new LiveProfile(compilation.Model.Schedule, compilation.Model.Memory));
        var groups = Groups(model);
        var alone = LiveProfile.LayerByLayer(
            model.Network,
            n =>
                model
                    .Graph.Nodes.Where(g => model.Origin[g.Id.Value] == n.Value)
                    .Select(g => model.Kernels[g.Id.Value])
                    .Select(k => (long)k.ScratchBytes + k.StateBytes)
                    .DefaultIfEmpty(0)
                    .Max()
        );
        var weights = compilation.Program.Constants.All.ToLookup(c => c.Layer, c => (long)c.Table.Bytes.Length);
        return [.. groups.Select(group => Row(model, live, group, alone, weights))];
    }

    /// <summary>By node of the network as it runs: the index of its operator.</summary>
    public static ImmutableArray<int> Indices(CompiledModel model)
    {
        var index = new int[model.Graph.Nodes.Length];
        foreach (var (group, i) in Groups(model).Select((g, i) => (g, i)))
        {
            foreach (var node in group)
                index[node.Value] = i;
        }
        return [.. index];
    }

    /// <summary>The nodes of each operator, in the order of the network; a node that bands brought is one by itself, behind what ran before
    /// it.</summary>
    private static ImmutableArray<ImmutableArray<NodeId>> Groups(CompiledModel model)
    {
        var (behind, last) = (new int[model.Graph.Nodes.Length], -1);
        for (var n = 0; n < behind.Length; n++)
            behind[n] = last = System.Math.Max(last, model.Origin[n]);
        (int Place, int Brought) Key(Node node) =>
            model.Origin[node.Id.Value] is >= 0 and var origin ? (origin, -1) : (behind[node.Id.Value], node.Id.Value);
        return
        [
            .. model
                .Graph.Nodes.GroupBy(Key)
                .OrderBy(g => g.Key.Place)
                .ThenBy(g => g.Key.Brought)
                .Select(g => g.Select(n => n.Id).ToImmutableArray()),
        ];
    }

    private static ReportOperator Row(
        CompiledModel model,
        LiveProfile live,
        ImmutableArray<NodeId> nodes,
        ImmutableArray<long> alone,
        ILookup<int, long> weights
    )
    {
        var (graph, origin) = (model.Graph, model.Origin[nodes[0].Value]);
        var stated = origin < 0 ? graph[nodes[0]] : model.Network.Nodes[origin];
        var types = (origin < 0 ? graph : model.Network).TypesOf(stated);
        var busiest = nodes.MaxBy(live.Most);
        var segment = model.Schedule.SegmentOf(nodes[0]);
        var cycles = nodes.Sum(n => model.NodeCycles[n.Value]);
        return new()
        {
            Name = ShownText.Name(stated.Name),
            Kind = stated.Operator.Kind,
            Kernel = model.Kernels[nodes[0].Value].Function,
            Shape = types.Output.Shape.ToString(),
            Macs = nodes.Sum(n => graph[n].Operator.Macs(graph.TypesOf(graph[n]))),
            LayerByLayer = origin < 0 ? null : alone[origin],
            Scheduled = live.Most(busiest),
            Live = [.. live.At(busiest).Take(8).Select(s => s with { Name = ShownText.Name(s.Name) })],
            Cycles = (long)cycles,
            Waits = (long)System.Math.Max(0, cycles - nodes.Sum(n => model.IdealNodeCycles[n.Value])),
            Weights = nodes.Sum(n => weights[n.Value].Sum()),
            Segment = segment,
            Mode = segment < 0 ? "" : model.ModeOf(model.Schedule.Segments[segment]),
            Bands = nodes.Length,
            BlockRows = model.Schedule.BlockRows()[nodes[0].Value],
        };
    }
}
