using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The schedule that <see cref="PlannedFront.Choose"/> gives for networks whose nodes have one order, without planning the whole front: bounds
/// rule most schedules out, and a greedy plan that fits says that a better one would. For network search, which wants one schedule of many
/// networks.
/// </summary>
public sealed class ScheduleChoice
{
    private readonly LoweredNetwork _network;
    private readonly CompileOptions _options;
    private readonly IReadOnlyList<SegmentEdge>[] _edges;
    private readonly Option[] _whole;

    private ScheduleChoice(LoweredNetwork network, CompileOptions options)
    {
        (_network, _options) = (network, options);
        var found = ScheduleSearch.Find(network.Rows, network.Kernels, options.Input);
        _edges = found.Edges;
        _whole = [.. found.Front.OrderBy(c => c.Cost.Cycles).Select(c => new Option(network, c, options.Input))];
    }

    /// <summary>A schedule that is built when it is first asked for.</summary>
    private sealed class Option(LoweredNetwork network, ScheduleCandidate candidate, InputMode input)
    {
        private readonly Lazy<(Schedule Schedule, MemoryPlanner Memory)> _built = new(() =>
        {
            var schedule = ScheduleBuilder.Build(network.Rows, input, candidate.Cuts, candidate.Blocks);
            return (schedule, new MemoryPlanner(schedule, schedule.Called(network.Kernels)));
        });

        private int? _briefly;

        public SegmentCost Cost => candidate.Cost;

        public int Layers => network.Kernels.Length;

        public MemoryPlanner Memory => _built.Value.Memory;

        /// <summary>Arena of the plan by which a build compares schedules.</summary>
        public int BriefBytes => _briefly ??= Memory.Plan(ArenaOptions.Brief).ArenaBytes;

        public bool Fits(long budget) =>
            Memory.LowerBound <= budget && ((_briefly is null && Memory.Plan(ArenaOptions.Greedy).ArenaBytes <= budget) || BriefBytes <= budget);

        /// <summary>The schedule with its memory planned as exactly as in a build.</summary>
        public PlannedSchedule Planned() => new(network.CalledBy(_built.Value.Schedule), candidate, _built.Value.Schedule, Memory.Plan(ArenaOptions.Default));
    }

    /// <param name="bands">Binds a kernel to a node of a band; null for the choice among the schedules that compute nothing twice.</param>
    public static PlannedSchedule Find(LoweredNetwork network, CompileOptions options, Func<Node, NodeTypes, KernelCall>? bands = null) =>
        new ScheduleChoice(network, options).Chosen(bands).Planned();

    private Option Chosen(Func<Node, NodeTypes, KernelCall>? bands)
    {
        if (_options.Objective != Objective.Memory && Fastest(_options.Objective == Objective.Latency ? long.MaxValue : _options.ArenaBudget(_network.Kernels.Length)) is { } found)
            return found;
        var least = Smallest(_whole);
        if (bands is null)
            return least;
        var banded = Banded(least.BriefBytes, bands);
        return (_options.Objective == Objective.Memory ? null : FastestBanded(banded)) ?? Smallest([.. _whole.Concat(banded).OrderBy(o => o.Cost.Cycles)]);
    }

    /// <summary>The first of those without bands that fits, of equally fast ones the smallest; null where none fits.</summary>
    private Option? Fastest(long budget)
    {
        for (var first = 0; first < _whole.Length;)
        {
            var equal = _whole.Skip(first).TakeWhile(o => o.Cost.Cycles == _whole[first].Cost.Cycles).ToArray();
            var option = equal.Length == 1 ? equal[0] : Smallest(equal);
            if (option.Fits(budget))
                return option;
            first += equal.Length;
        }
        return null;
    }

    private ImmutableArray<Option> Banded(int least, Func<Node, NodeTypes, KernelCall> bands)
    {
        var hoped = Math.Min(least, _whole.Min(o => o.Cost.PeakBytes));
        var all = BandedSchedules.Of(_network, _edges, hoped, _options.Delivery, bands);
        return [.. BandedSchedules.Promising(all, least).Select(p => new Option(p.Network, p.Candidate, _options.Input))];
    }

    /// <summary>
    /// The first that fits and is smaller than all before it; null where none fits. One that could not lie in any budget is smaller than none
    /// that fits, and so are schedules without bands, because none of them fits.
    /// </summary>
    private Option? FastestBanded(ImmutableArray<Option> banded)
    {
        var smallest = int.MaxValue;
        foreach (var option in banded.Where(o => o.Memory.LowerBound <= _options.ArenaBudget(_network.Kernels.Length)))
        {
            if (option.BriefBytes >= smallest)
                continue;
            if (option.Fits(_options.ArenaBudget(option.Layers)))
                return option;
            smallest = option.BriefBytes;
        }
        return null;
    }

    /// <summary>The smallest, of equally small ones the first.</summary>
    private static Option Smallest(IReadOnlyList<Option> options)
    {
        var (best, bytes) = (0, int.MaxValue);
        foreach (var (option, index) in options.Select((o, i) => (Option: o, Index: i)).OrderBy(o => o.Option.Memory.LowerBound))
        {
            if (option.Memory.LowerBound > bytes)
                break;
            if (option.BriefBytes < bytes || (option.BriefBytes == bytes && index < best))
                (best, bytes) = (index, option.BriefBytes);
        }
        return options[best];
    }
}
