using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Bands;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// The schedules of a network of which none is both faster and smaller than another. The search prices them as if everything packed perfectly;
/// here they are packed, and what packing turns into a worse choice than another drops out. Bands of columns are tried where they promise fewer
/// bytes than any schedule that computes nothing twice. A choice packs no more schedules than it needs: bounds rule most of them out.
/// </summary>
public sealed class ScheduleFront
{
    /// <summary>Most schedules with bands that are packed.</summary>
    private const int BandedPlans = 12;

    private readonly LoweredNetwork _network;
    private readonly InputDelivery _input;
    private readonly Func<Node, NodeTypes, KernelCall>? _bands;
    private readonly (LoweredNetwork Network, SearchedSegments Found)[] _orders;
    private readonly ImmutableArray<PlannedSchedule> _whole;
    private readonly Lazy<ImmutableArray<PlannedSchedule>> _banded;

    /// <param name="bands">Binds a kernel to a node of a band; null for schedules that compute nothing twice.</param>
    public ScheduleFront(LoweredNetwork network, InputDelivery input, Func<Node, NodeTypes, KernelCall>? bands)
    {
        (_network, _input, _bands) = (network, input, bands);
        _orders = [.. network.Orders(input.Mode).Select(n => (n, ScheduleSearch.Find(n.Rows, n.Kernels, input.Mode)))];
        var candidates = new List<PlannedSchedule>();
        foreach (var (order, found) in _orders)
            candidates.AddRange(found.Front.Where(c => !candidates.Any(known => IsNoWorse(known.Candidate, c))).Select(c => new PlannedSchedule(order, c, input.Mode)).ToArray());
        _whole = [.. candidates.OrderBy(p => p.Candidate.Cost.Cycles)];
        _banded = new(Banded);
    }

    /// <summary>
    /// Fastest first, each smaller than the one before; of equal ones the one that computes less, then the one in the order of the file.
    /// </summary>
    public ImmutableArray<PlannedSchedule> Points => Undominated([.. Planned(_whole), .. Planned(_banded.Value)]);

    /// <summary>The front of the same network where its input is handed over in another way.</summary>
    public ScheduleFront Delivered(InputDelivery input) => new(_network, input, _bands);

    /// <summary>The choice of an objective; bands are taken to fit only where nothing else does.</summary>
    /// <param name="budget">Bytes of the arena for a number of layers, the fewer the more layers.</param>
    public PlannedSchedule Choose(Objective objective, Func<int, long> budget) => objective switch
    {
        Objective.Latency => Fastest(_whole, _ => long.MaxValue)!,
        Objective.Memory => Smallest(),
        _ => Fastest(_whole, budget) ?? Fastest(_banded.Value, budget) ?? Smallest(),
    };

    private PlannedSchedule Smallest() => Smallest([.. _whole.Concat(_banded.Value).OrderBy(p => p.Candidate.Cost.Cycles)]);

    /// <summary>Within one front no candidate is, so this drops what another order does not improve.</summary>
    private static bool IsNoWorse(ScheduleCandidate known, ScheduleCandidate candidate) =>
        known.Cost.Cycles <= candidate.Cost.Cycles && known.Cost.PeakBytes <= candidate.Cost.PeakBytes;

    /// <summary>
    /// Of the networks rewritten for the choices of <see cref="BandSearch"/> the schedules that should be smaller than all without bands and no worse
    /// than another, fastest first, spread over the front.
    /// </summary>
    private ImmutableArray<PlannedSchedule> Banded()
    {
        if (_bands is null)
            return [];
        var (least, like) = (Smallest(_whole).ArenaBytes, new LikeNodes(_bands));
        var hoped = Math.Min(least, _whole.Min(p => p.Candidate.Cost.PeakBytes));
        var front = new List<PlannedSchedule>();
        foreach (var one in _orders.SelectMany(o => Banded(o.Network, o.Found.Edges, hoped, like))
            .Where(p => p.Candidate.Cost.PeakBytes < least).OrderBy(p => p.Candidate.Cost.Cycles).ThenBy(p => p.Candidate.Cost.PeakBytes))
        {
            if (front.Count == 0 || one.Candidate.Cost.PeakBytes < front[^1].Candidate.Cost.PeakBytes)
                front.Add(one);
        }
        return front.Count <= BandedPlans ? [.. front] : [.. Enumerable.Range(0, BandedPlans).Select(i => front[i * (front.Count - 1) / (BandedPlans - 1)])];
    }

    private IEnumerable<PlannedSchedule> Banded(LoweredNetwork network, IReadOnlyList<SegmentEdge>[] edges, int below, LikeNodes like)
    {
        foreach (var choices in BandSearch.Find(network.Graph, network.Kernels, edges, below, _input.Mode, _input.Passes))
        {
            var banded = BandRewrite.Apply(network.Graph, choices, _input.Mode == InputMode.Rows);
            var lowered = network.Banded(banded, like.Lower);
            foreach (var candidate in ScheduleSearch.Front(BandEdges.Of(banded, lowered.Rows, lowered.Kernels, _input.Mode, edges)))
                yield return new(lowered, candidate, _input.Mode);
        }
    }

    /// <summary>The first that fits and is smaller than all before it, of equally fast ones the smallest; null where none fits.</summary>
    private static PlannedSchedule? Fastest(ImmutableArray<PlannedSchedule> all, Func<int, long> budget)
    {
        var most = all.IsEmpty ? 0 : budget(all.Min(p => p.Layers));
        PlannedSchedule? smallest = null;
        foreach (var equal in all.GroupBy(p => p.Candidate.Cost.Cycles).Select(g => g.ToArray()))
        {
            var one = equal.Length == 1 ? equal[0] : Smallest(equal);
            if (one.LowerBound > most)
                continue;
            if (one.Fits(budget(one.Layers)) && (smallest is null || one.ArenaBytes < smallest.ArenaBytes))
                return one;
            smallest = smallest is null || one.ArenaBytes < smallest.ArenaBytes ? one : smallest;
        }
        return null;
    }

    /// <summary>The smallest, of equally small ones the first.</summary>
    private static PlannedSchedule Smallest(IReadOnlyList<PlannedSchedule> all)
    {
        var (best, bytes) = (0, int.MaxValue);
        foreach (var (one, index) in all.Select((p, i) => (p, i)).OrderBy(p => p.p.LowerBound))
        {
            if (one.LowerBound > bytes)
                break;
            if (one.ArenaBytes < bytes || (one.ArenaBytes == bytes && index < best))
                (best, bytes) = (index, one.ArenaBytes);
        }
        return all[best];
    }

    private static ImmutableArray<PlannedSchedule> Planned(ImmutableArray<PlannedSchedule> all)
    {
        Parallel.ForEach(all, p => _ = p.ArenaBytes);
        return all;
    }

    private static ImmutableArray<PlannedSchedule> Undominated(IEnumerable<PlannedSchedule> planned)
    {
        var points = ImmutableArray.CreateBuilder<PlannedSchedule>();
        foreach (var point in planned.OrderBy(p => p.Candidate.Cost.Cycles).ThenBy(p => p.ArenaBytes).ThenBy(p => p.MacFactor))
        {
            if (points.Count == 0 || point.ArenaBytes < points[^1].ArenaBytes)
                points.Add(point);
        }
        return points.ToImmutable();
    }
}
