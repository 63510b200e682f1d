using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule with its memory planned.</summary>
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
    /// <summary>Most schedules with bands that are planned.</summary>
    private const int BandedPlans = 12;

    /// <param name="lower">Binds a kernel to a node.</param>
    public PlannedFront(LoweredNetwork network, InputDelivery input, Func<Node, NodeTypes, KernelCall> lower)
    {
        var edges = ScheduleSearch.PriceEdges(network.Rows, network.Kernels, input.Mode);
        var whole = ScheduleSearch.Front(edges);
        var planned = Plan([.. whole.Select(c => (network, c))], input.Mode);
        var least = planned.Min(p => p.Memory.ArenaBytes);
        var choices = BandSearch.Find(network.Graph, network.Kernels, edges, Math.Min(least, whole[^1].Cost.PeakBytes), input.Mode, input.Passes);
        var banded = choices.SelectMany(c => Candidates(network, BandRewrite.Apply(network.Graph, c, input.Mode == InputMode.Rows), input.Mode, edges, lower));
        Points = Undominated([.. planned, .. Plan(Promising(banded, least), input.Mode)]);
    }

    /// <summary>Fastest first, each smaller than the one before.</summary>
    public ImmutableArray<PlannedSchedule> Points { get; }

    /// <param name="fits">Whether a schedule is within the budget.</param>
    public PlannedSchedule Choose(Objective objective, Func<PlannedSchedule, bool> fits) => objective switch
    {
        Objective.Latency => Points[0],
        Objective.Memory => Points[^1],
        _ => Points.FirstOrDefault(fits) ?? Points[^1],
    };

    /// <summary>The plan of a chosen schedule, with all the effort that the planner may spend.</summary>
    public static MemoryPlan PlanExactly(PlannedSchedule choice) => MemoryPlanner.Plan(choice.Network.Rows, choice.Schedule, choice.Network.Kernels, ArenaOptions.Default);

    private static IEnumerable<(LoweredNetwork, ScheduleCandidate)> Candidates(
        LoweredNetwork network, BandedNetwork banded, InputMode input, IReadOnlyList<SegmentEdge>[] edges, Func<Node, NodeTypes, KernelCall> lower)
    {
        var lowered = network.Banded(banded, lower);
        return ScheduleSearch.Front(BandEdges.Of(banded, lowered.Rows, lowered.Kernels, input, edges)).Select(c => (lowered, c));
    }

    /// <summary>Those that should be smaller than <paramref name="least"/> bytes and no worse than another, spread over the front.</summary>
    private static (LoweredNetwork, ScheduleCandidate)[] Promising(IEnumerable<(LoweredNetwork Network, ScheduleCandidate Candidate)> all, int least)
    {
        var front = new List<(LoweredNetwork, ScheduleCandidate Candidate)>();
        foreach (var one in all.Where(c => c.Candidate.Cost.PeakBytes < least).OrderBy(c => c.Candidate.Cost.Cycles).ThenBy(c => c.Candidate.Cost.PeakBytes))
        {
            if (front.Count == 0 || one.Candidate.Cost.PeakBytes < front[^1].Candidate.Cost.PeakBytes)
                front.Add(one);
        }
        return front.Count <= BandedPlans ? [.. front] : [.. Enumerable.Range(0, BandedPlans).Select(i => front[i * (front.Count - 1) / (BandedPlans - 1)])];
    }

    private static PlannedSchedule[] Plan((LoweredNetwork Network, ScheduleCandidate Candidate)[] candidates, InputMode input)
    {
        var planned = new PlannedSchedule[candidates.Length];
        Parallel.For(0, planned.Length, i =>
        {
            var (network, candidate) = candidates[i];
            var schedule = ScheduleBuilder.Build(network.Rows, input, candidate.Cuts, candidate.Joined);
            planned[i] = new(network, candidate, schedule, MemoryPlanner.Plan(network.Rows, schedule, network.Kernels, ArenaOptions.Brief));
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
