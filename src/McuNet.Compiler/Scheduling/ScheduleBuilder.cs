using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Scheduling;

/// <summary>Turns a choice of cuts into the schedule of all row steps.</summary>
public static class ScheduleBuilder
{
    /// <param name="cuts">Node indices where segments begin, ascending, the first 0.</param>
    /// <param name="joined">Segments of one node whose rows run as one step.</param>
    public static Schedule Build(NetworkRows rows, InputMode input, IReadOnlyList<int> cuts, IReadOnlySet<int> joined)
    {
        var order = new DemandOrder(rows, input);
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var steps = ImmutableArray.CreateBuilder<ScheduleStep>();
        var seen = 0;
        for (var i = 0; i < cuts.Count; i++)
        {
            var end = i + 1 < cuts.Count ? cuts[i + 1] : rows.Graph.Nodes.Length;
            var all = order.Run(cuts[i], end);
            var first = steps.Count;
            if (end - cuts[i] == 1 && joined.Contains(cuts[i]))
                Join(all, seen, steps);
            else
                steps.AddRange(all.Skip(seen));
            seen = all.Count;
            segments.Add(new Segment(cuts[i], end, first, steps.Count));
        }
        return new Schedule(rows.Graph, input, steps.ToImmutable(), segments.ToImmutable());
    }

    private static void Join(IReadOnlyList<ScheduleStep> all, int seen, ImmutableArray<ScheduleStep>.Builder steps)
    {
        var node = all[^1].Node;
        steps.AddRange(all.Skip(seen).Where(s => s.IsInput));
        var count = all.Skip(seen).Count(s => s.Node == node);
        steps.Add(new ScheduleStep(node, 0, count, Joined: true));
    }
}
