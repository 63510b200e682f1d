using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule with its memory planned.</summary>
public sealed record PlannedSchedule(ScheduleCandidate Candidate, Schedule Schedule, MemoryPlan Memory);

/// <summary>
/// The Pareto front of schedules after packing. The search prices schedules as if everything packed perfectly; here each is planned,
/// and what packing turns into a worse choice than another drops out.
/// </summary>
public sealed class PlannedFront
{
    private readonly NetworkRows _rows;
    private readonly ImmutableArray<KernelCall> _kernels;

    public PlannedFront(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        _rows = rows;
        _kernels = kernels;
        var planned = new List<PlannedSchedule>();
        foreach (var candidate in ScheduleSearch.Front(rows, kernels, input))
        {
            var schedule = ScheduleBuilder.Build(rows, input, candidate.Cuts, candidate.Joined);
            planned.Add(new PlannedSchedule(candidate, schedule, MemoryPlanner.Plan(rows, schedule, schedule.Called(kernels), ArenaOptions.Brief)));
        }
        Points = Undominated(planned);
    }

    /// <summary>Fastest first, each smaller than the one before.</summary>
    public ImmutableArray<PlannedSchedule> Points { get; }

    public PlannedSchedule Choose(Objective objective, long arenaBudget) => objective switch
    {
        Objective.Latency => Points[0],
        Objective.Memory => Points[^1],
        _ => Points.FirstOrDefault(p => p.Memory.ArenaBytes <= arenaBudget) ?? Points[^1],
    };

    public MemoryPlan PlanExactly(Schedule schedule) => MemoryPlanner.Plan(_rows, schedule, schedule.Called(_kernels), ArenaOptions.Default);

    private static ImmutableArray<PlannedSchedule> Undominated(List<PlannedSchedule> planned)
    {
        var points = ImmutableArray.CreateBuilder<PlannedSchedule>();
        foreach (var point in planned.OrderBy(p => p.Candidate.Cost.Cycles).ThenBy(p => p.Memory.ArenaBytes))
        {
            if (points.Count == 0 || point.Memory.ArenaBytes < points[^1].Memory.ArenaBytes)
                points.Add(point);
        }
        return points.ToImmutable();
    }
}
