using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule with its memory planned.</summary>
/// <param name="Network">With the kernels that the schedule calls.</param>
public sealed record PlannedSchedule(LoweredNetwork Network, ScheduleCandidate Candidate, Schedule Schedule, MemoryPlan Memory);

/// <summary>How the application hands over the input.</summary>
/// <param name="Passes">How often each row of a streamed input may be asked for.</param>
public sealed record InputDelivery(InputMode Mode, int Passes = 1);

/// <summary>
/// The Pareto front of schedules after packing. The search prices schedules as if everything packed perfectly; here each is planned,
/// and what packing turns into a worse choice than another drops out. Bands of columns are tried where they promise fewer bytes than any
/// schedule that computes nothing twice.
/// </summary>
public sealed class PlannedFront
{
    /// <param name="lower">Binds a kernel to a node.</param>
    public PlannedFront(LoweredNetwork network, InputDelivery input, Func<Node, NodeTypes, KernelCall> lower)
    {
        var orders = network.Orders(input.Mode).Select(n => (Network: n, Found: ScheduleSearch.Find(n.Rows, n.Kernels, input.Mode))).ToArray();
        var candidates = new List<(LoweredNetwork Network, ScheduleCandidate Candidate)>();
        foreach (var (order, found) in orders)
            candidates.AddRange(found.Front.Where(c => !candidates.Any(known => IsNoWorse(known.Candidate, c))).Select(c => (order, c)).ToArray());
        var whole = Plan([.. candidates], input.Mode);
        var least = whole.Min(p => p.Memory.ArenaBytes);
        var hoped = Math.Min(least, candidates.Min(c => c.Candidate.Cost.PeakBytes));
        var bands = new LikeNodes(lower);
        var banded = BandedSchedules.Promising(orders.SelectMany(o => BandedSchedules.Of(o.Network, o.Found.Edges, hoped, input, bands.Lower)), least);
        Whole = Undominated(whole);
        Points = Undominated([.. whole, .. Plan(banded, input.Mode)]);
    }

    /// <summary>
    /// Fastest first, each smaller than the one before; of equal ones the one that computes less, then the one in the order of the file.
    /// </summary>
    public ImmutableArray<PlannedSchedule> Points { get; }

    /// <summary>The same among the schedules that compute nothing twice.</summary>
    public ImmutableArray<PlannedSchedule> Whole { get; }

    /// <summary>The choice of an objective; bands are taken to fit only where nothing else does.</summary>
    /// <param name="fits">Whether a schedule is within the budget.</param>
    public PlannedSchedule Choose(Objective objective, Func<PlannedSchedule, bool> fits) => objective switch
    {
        Objective.Latency => Points[0],
        Objective.Memory => Points[^1],
        _ => Whole.FirstOrDefault(fits) ?? Points.FirstOrDefault(fits) ?? Points[^1],
    };

    /// <summary>The plan of a chosen schedule, with all the effort that the planner may spend.</summary>
    public static MemoryPlan PlanExactly(PlannedSchedule choice) => MemoryPlanner.Plan(choice.Schedule, choice.Network.Kernels, ArenaOptions.Default);

    /// <summary>Within one front no candidate is, so this drops what another order does not improve.</summary>
    private static bool IsNoWorse(ScheduleCandidate known, ScheduleCandidate candidate) =>
        known.Cost.Cycles <= candidate.Cost.Cycles && known.Cost.PeakBytes <= candidate.Cost.PeakBytes;

    private static PlannedSchedule[] Plan((LoweredNetwork Network, ScheduleCandidate Candidate)[] candidates, InputMode input)
    {
        var planned = new PlannedSchedule[candidates.Length];
        Parallel.For(0, planned.Length, i =>
        {
            var (network, candidate) = candidates[i];
            var schedule = ScheduleBuilder.Build(network.Rows, input, candidate.Cuts, candidate.Blocks);
            var called = network.CalledBy(schedule);
            planned[i] = new(called, candidate, schedule, MemoryPlanner.Plan(schedule, called.Kernels, ArenaOptions.Brief));
        });
        return planned;
    }

    private static ImmutableArray<PlannedSchedule> Undominated(IEnumerable<PlannedSchedule> planned)
    {
        var points = ImmutableArray.CreateBuilder<PlannedSchedule>();
        foreach (var point in planned.OrderBy(p => p.Candidate.Cost.Cycles).ThenBy(p => p.Memory.ArenaBytes).ThenBy(p => p.Network.MacFactor))
        {
            if (points.Count == 0 || point.Memory.ArenaBytes < points[^1].Memory.ArenaBytes)
                points.Add(point);
        }
        return points.ToImmutable();
    }
}
