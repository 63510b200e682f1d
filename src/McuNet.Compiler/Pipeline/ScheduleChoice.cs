using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The schedule that <see cref="PlannedFront.Choose"/> gives among those that compute nothing twice, for networks whose nodes have one order,
/// without planning the whole front: bounds rule most schedules out, and a greedy plan that fits says that a better one would. For network
/// search, which wants one schedule of many networks.
/// </summary>
public static class ScheduleChoice
{
    private sealed record Option(int Index, ScheduleCandidate Candidate, Schedule Schedule, PreparedMemory Memory);

    /// <summary>The chosen schedule with its memory planned as exactly as in a build.</summary>
    public static PlannedSchedule Find(LoweredNetwork network, InputMode input, Objective objective, long arenaBudget)
    {
        var (rows, kernels) = (network.Rows, network.Kernels);
        var front = ScheduleSearch.Find(rows, kernels, input).Front;
        var options = front.OrderBy(c => c.Cost.Cycles).Select((candidate, index) =>
        {
            var schedule = ScheduleBuilder.Build(rows, input, candidate.Cuts, candidate.Blocks);
            return new Option(index, candidate, schedule, MemoryPlanner.Prepare(rows, schedule, schedule.Called(kernels)));
        });
        var chosen = objective == Objective.Memory ? Smallest([.. options]) : Fastest(options, objective == Objective.Latency ? long.MaxValue : arenaBudget);
        return new PlannedSchedule(network.CalledBy(chosen.Schedule), chosen.Candidate, chosen.Schedule, chosen.Memory.Plan(ArenaOptions.Default));
    }

    /// <summary>The first that fits, of equally fast ones the smallest; the smallest of all where none fits.</summary>
    private static Option Fastest(IEnumerable<Option> options, long budget)
    {
        var seen = new List<Option>();
        var equal = new List<Option>();
        foreach (var option in options)
        {
            if (equal.Count > 0 && option.Candidate.Cost.Cycles > equal[0].Candidate.Cost.Cycles)
            {
                if (FittingOf(equal, budget) is { } found)
                    return found;
                equal.Clear();
            }
            seen.Add(option);
            equal.Add(option);
        }
        return FittingOf(equal, budget) ?? Smallest(seen);
    }

    private static Option? FittingOf(List<Option> equal, long budget)
    {
        if (equal.Count == 1)
            return Fits(equal[0], budget) ? equal[0] : null;
        var smallest = Smallest(equal);
        return Fits(smallest, budget) ? smallest : null;
    }

    private static bool Fits(Option option, long budget) =>
        option.Memory.LowerBound <= budget
        && (option.Memory.Plan(ArenaOptions.Greedy).ArenaBytes <= budget || option.Memory.Plan(ArenaOptions.Brief).ArenaBytes <= budget);

    private static Option Smallest(IReadOnlyCollection<Option> options)
    {
        var (best, bytes) = (options.First(), int.MaxValue);
        foreach (var option in options.OrderBy(o => o.Memory.LowerBound).ThenBy(o => o.Index))
        {
            if (option.Memory.LowerBound > bytes)
                break;
            var planned = option.Memory.Plan(ArenaOptions.Brief).ArenaBytes;
            if (planned < bytes || (planned == bytes && option.Index < best.Index))
                (best, bytes) = (option, planned);
        }
        return best;
    }
}
