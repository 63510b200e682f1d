using System;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>A schedule of a front, built and packed when it is first asked for.</summary>
public sealed class PlannedSchedule
{
    private readonly LoweredNetwork _offered;
    private readonly Lazy<(LoweredNetwork Network, Schedule Schedule, MemoryPlanner Planner)> _built;
    private readonly Lazy<int> _arena;
    private readonly Lazy<MemoryPlan> _memory;

    /// <param name="offered">The network with the kernels of which the schedule calls some.</param>
    public PlannedSchedule(LoweredNetwork offered, ScheduleCandidate candidate, InputMode input)
    {
        (_offered, Candidate) = (offered, candidate);
        _built = new(() =>
        {
            var schedule = ScheduleBuilder.Build(offered.Rows, input, candidate.Cuts, candidate.Blocks, candidate.InputFirst);
            var called = offered.CalledBy(schedule);
            return (called, schedule, new MemoryPlanner(schedule, called.Kernels));
        });
        _arena = new(() => _built.Value.Planner.Plan(ArenaOptions.Brief).ArenaBytes);
        _memory = new(() => _built.Value.Planner.Plan(ArenaOptions.Default));
    }

    public ScheduleCandidate Candidate { get; }

    /// <summary>With the kernels of which the schedule calls some.</summary>
    public LoweredNetwork Offered => _offered;

    public int Layers => _offered.Kernels.Length;

    public double MacFactor => _offered.MacFactor;

    /// <summary>With the kernels that the schedule calls.</summary>
    public LoweredNetwork Network => _built.Value.Network;

    public Schedule Schedule => _built.Value.Schedule;

    /// <summary>No plan needs fewer bytes.</summary>
    public int LowerBound => _built.Value.Planner.LowerBound;

    /// <summary>Arena of the plan by which schedules are compared.</summary>
    public int ArenaBytes => _arena.Value;

    /// <summary>The plan with all the effort that the planner may spend.</summary>
    public MemoryPlan Memory => _memory.Value;

    /// <summary>Whether <see cref="ArenaBytes"/> are within a budget; a greedy plan that is says so sooner.</summary>
    public bool Fits(long budget) =>
        LowerBound <= budget
        && ((!_arena.IsValueCreated && _built.Value.Planner.Plan(ArenaOptions.Greedy).ArenaBytes <= budget) || ArenaBytes <= budget);
}
