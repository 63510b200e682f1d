using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule with its memory planned.</summary>
/// <param name="Network">The network in the order in which the schedule runs it.</param>
public sealed record PlannedSchedule(OrderedNetwork Network, ScheduleCandidate Candidate, Schedule Schedule, MemoryPlan Memory);

/// <summary>
/// The Pareto front of schedules after packing, over the orders that the network allows. The search prices schedules as if everything packed
/// perfectly; here each is planned, and what packing turns into a worse choice than another drops out.
/// </summary>
public sealed class PlannedFront
{
    public PlannedFront(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        var planned = new List<PlannedSchedule>();
        foreach (var network in OrderedNetwork.Candidates(rows, kernels, input))
        {
            foreach (var candidate in ScheduleSearch.Front(network.Rows, network.Kernels, input).Where(c => !planned.Any(p => IsNoWorse(p.Candidate, c))))
            {
                var schedule = ScheduleBuilder.Build(network.Rows, input, candidate.Cuts, candidate.Joined);
                planned.Add(new PlannedSchedule(network, candidate, schedule, MemoryPlanner.Plan(network.Rows, schedule, network.Kernels, ArenaOptions.Brief)));
            }
        }
        Points = Undominated(planned);
    }

    /// <summary>Fastest first, each smaller than the one before; of equal ones the one in the order of the file.</summary>
    public ImmutableArray<PlannedSchedule> Points { get; }

    public PlannedSchedule Choose(Objective objective, long arenaBudget) => objective switch
    {
        Objective.Latency => Points[0],
        Objective.Memory => Points[^1],
        _ => Points.FirstOrDefault(p => p.Memory.ArenaBytes <= arenaBudget) ?? Points[^1],
    };

    public static MemoryPlan PlanExactly(PlannedSchedule point) =>
        MemoryPlanner.Plan(point.Network.Rows, point.Schedule, point.Network.Kernels, ArenaOptions.Default);

    /// <summary>Within one front no candidate is, so this drops what another order does not improve.</summary>
    private static bool IsNoWorse(ScheduleCandidate known, ScheduleCandidate candidate) =>
        known.Cost.Cycles <= candidate.Cost.Cycles && known.Cost.PeakBytes <= candidate.Cost.PeakBytes;

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
