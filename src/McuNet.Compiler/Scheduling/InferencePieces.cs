using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>
/// The steps of a schedule as calls between which an inference may stop, each short: rows one by one, and blocks. A block of rows that need
/// not run as one call is cut so that no part of it takes longer than the longest call that cannot be cut.
///
///   a0 a1  b0..b5 in one call  c   ->   a0 | a1 | b0 b1 | b2 b3 | b4 b5 | c
/// </summary>
/// <param name="Steps">Each one call, so joined, or a delivered row.</param>
/// <param name="LongestCycles">Estimated cycles of the longest on the device.</param>
public sealed record InferencePieces(ImmutableArray<ScheduleStep> Steps, double LongestCycles)
{
    /// <param name="kernels">By node, as the schedule calls them.</param>
    /// <param name="scale">Cycles of a step on the device, for its cycles on the yardstick core.</param>
    public static InferencePieces Of(Schedule schedule, ImmutableArray<KernelCall> kernels, Func<ScheduleStep, double, double> scale)
    {
        var longest = schedule.Steps.Where(s => !s.IsInput).Max(s => CyclesOf(s with { Count = IsWhole(s) ? s.Count : 1, Joined = true }));
        var pieces = schedule.Steps.SelectMany(s => Cut(s, IsWhole(s) ? s.Count : MostRows(s))).ToImmutableArray();
        return new(pieces, pieces.Where(s => !s.IsInput).Max(s => scale(s, CyclesOf(s))));

        bool IsWhole(ScheduleStep step) =>
            step.Joined
            && (!schedule.Rows.Dependencies[step.Node.Value].Joinable || kernels[step.Node.Value].Arguments.Contains(KernelArgument.Block));

        double CyclesOf(ScheduleStep step) => SegmentPricer.CyclesOf(step, kernels[step.Node.Value]);

        int MostRows(ScheduleStep step)
        {
            var count = step.Joined ? step.Count : 1;
            while (count > 1 && CyclesOf(step with { Count = count }) > longest)
                count--;
            return count;
        }
    }

    private static IEnumerable<ScheduleStep> Cut(ScheduleStep step, int rows)
    {
        for (var first = step.First; first < step.End; first += rows)
            yield return new(step.Node, first, Math.Min(rows, step.End - first), Joined: true);
    }
}
