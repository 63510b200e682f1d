using System.Collections.Generic;
using System.Collections.Immutable;

namespace McuNet.Compiler.Scheduling;

/// <summary>Turns a choice of cuts into the schedule of all row steps.</summary>
public static class ScheduleBuilder
{
    /// <param name="cuts">Node indices where segments begin, ascending, the first 0.</param>
    /// <param name="blocks">By node: rows of its steps where several run as one, 0 where it runs row by row.</param>
    /// <param name="inputFirst">Whether a streamed input is delivered whole before the first node runs, and not row by row as nodes ask for
    /// it.</param>
    public static Schedule Build(
        NetworkRows rows,
        InputMode input,
        IReadOnlyList<int> cuts,
        IReadOnlyList<int> blocks,
        bool inputFirst = false
    )
    {
        var order = new DemandOrder(rows, input);
        if (inputFirst)
            order.DeliverInput();
        var segments = ImmutableArray.CreateBuilder<Segment>();
        IReadOnlyList<ScheduleStep> steps = [];
        for (var i = 0; i < cuts.Count; i++)
        {
            var end = i + 1 < cuts.Count ? cuts[i + 1] : rows.Graph.Nodes.Length;
            var first = steps.Count;
            steps = order.Run(cuts[i], end, blocks);
            segments.Add(new Segment(cuts[i], end, first, steps.Count));
        }
        return new Schedule(rows, input, [.. steps], segments.ToImmutable());
    }
}
