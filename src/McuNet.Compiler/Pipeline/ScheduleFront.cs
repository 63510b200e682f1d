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
/// The schedules of a network of which none is both faster and smaller than another. The search prices them as if everything packed
/// perfectly; here they are packed, and what packing turns into a worse choice than another drops out. Bands of columns are tried where
/// they promise fewer bytes than any schedule that computes nothing twice. A choice packs no more schedules than it needs: bounds rule most
/// of them out.
/// </summary>
public sealed class ScheduleFront
{
    /// <summary>Most schedules with bands that are packed.</summary>
    private const int BandedPlans = 12;

    /// <summary>How much faster than by the prices of the search a schedule may be, beside another, where its arena has room for
    /// weights.</summary>
    private const double PriceError = 1.02;

    /// <summary>Most schedules of <see cref="Apart"/> that are packed.</summary>
    private const int ApartPlans = 4;

    /// <summary>Bytes of weights of a layer that matter little beside its tensors.</summary>
    private const int FewWeights = 3072;

    private readonly LoweredNetwork _network;
    private readonly InputDelivery _input;
    private readonly Func<Node, NodeTypes, KernelCall>? _bands;
    private readonly (LoweredNetwork Network, SearchedSegments Found)[] _orders;
    private readonly ImmutableArray<PlannedSchedule> _whole;
    private readonly ImmutableArray<PlannedSchedule> _apart;
    private readonly Lazy<ImmutableArray<PlannedSchedule>> _inputFirst;
    private readonly Lazy<ImmutableArray<PlannedSchedule>> _banded;

    /// <param name="bands">Binds a kernel to a node of a band; null for schedules that compute nothing twice.</param>
    public ScheduleFront(LoweredNetwork network, InputDelivery input, Func<Node, NodeTypes, KernelCall>? bands)
    {
        (_network, _input, _bands) = (network, input, bands);
        _orders = [.. network.Orders(input.Mode).Select(n => (n, ScheduleSearch.Find(n.Rows, n.Kernels, input.Mode)))];
        var candidates = new List<PlannedSchedule>();
        foreach (var (order, found) in _orders)
            candidates.AddRange(
                found
                    .Front.Where(c => !candidates.Any(known => IsNoWorse(known.Candidate, c)))
                    .Select(c => new PlannedSchedule(order, c, input.Mode))
                    .ToArray()
            );
        _whole = [.. candidates.OrderBy(p => p.Candidate.Cost.Cycles)];
        _apart =
        [
            .. Apart(_orders[0].Network, _orders[0].Found)
                .Where(c => !_whole.Any(p => IsSame(p.Candidate, c)))
                .Take(ApartPlans)
                .Select(c => new PlannedSchedule(_orders[0].Network, c, input.Mode)),
        ];
        (_inputFirst, _banded) = (new(InputFirst), new(Banded));
    }

    /// <summary>
    /// Fastest first, each smaller than the one before; of equal ones the one that computes less, then the one in the order of the file.
    /// </summary>
    public ImmutableArray<PlannedSchedule> Points =>
        Undominated([.. Planned(_whole), .. Planned(_inputFirst.Value), .. Planned(_banded.Value)]);

    /// <summary>The front of the same network where its input is handed over in another way.</summary>
    public ScheduleFront Delivered(InputDelivery input) => new(_network, input, _bands);

    /// <summary>The choice of an objective; bands are taken to fit only where nothing else does.</summary>
    /// <param name="budget">Bytes of the arena for a number of layers, the fewer the more layers.</param>
    /// <param name="place">A schedule with its cycles and arena on the device, for the comparison of those that fit; null for the prices of
    /// the search.</param>
    /// <param name="inTime">Whether so many cycles keep the limits of time and energy, which the fastest may break; null where there are
    /// none.</param>
    public PlannedSchedule Choose(
        Objective objective,
        Func<int, long> budget,
        Func<PlannedSchedule, PlacedSchedule>? place = null,
        Func<double, bool>? inTime = null
    )
    {
        Func<PlannedSchedule, (double Cycles, int Bytes)> taken = place is null
            ? p => (p.Candidate.Cost.Cycles, p.ArenaBytes)
            : p => place(p) is var placed ? (placed.Cycles, p.ArenaBytes + placed.Memory.WeightBytes) : default;
        return objective switch
        {
            Objective.Latency => Measured(Fastest(_whole, _ => long.MaxValue)!),
            Objective.Memory => Smallest(),
            _ => Fit(_whole) ?? Fit(_inputFirst.Value) ?? Fit(_banded.Value) ?? Smallest(),
        };

        PlannedSchedule Measured(PlannedSchedule fastest) =>
            _whole
                .Concat(_apart)
                .Where(p => p.Candidate.Cost.Cycles <= PriceError * fastest.Candidate.Cost.Cycles && p != fastest)
                .Prepend(fastest)
                .OrderBy(p => taken(p).Cycles)
                .First();

        PlannedSchedule? Fit(ImmutableArray<PlannedSchedule> all) =>
            Fastest(all, budget) is { } fastest
                ? Knee(
                    fastest,
                    (all == _whole ? all.AddRange(_apart) : all).Where(p => p.Fits(budget(p.Layers))),
                    taken,
                    inTime ?? (_ => true)
                )
                : null;
    }

    /// <summary>The fastest schedule that fits and computes nothing twice; null where none fits.</summary>
    public PlannedSchedule? Fastest(Func<int, long> budget) => Fastest(_whole, budget);

    private PlannedSchedule Smallest() =>
        Smallest([.. _whole.Concat(_inputFirst.Value).Concat(_banded.Value).OrderBy(p => p.Candidate.Cost.Cycles)]);

    /// <summary>
    /// The front of schedules in whose segments no two layers have many weights. The prices of the search read all weights from flash, by
    /// which these are no better than others; but where layers take turns the weights of all must stay in RAM, so that one with turns may
    /// end up the slower.
    /// </summary>
    private static IEnumerable<ScheduleCandidate> Apart(LoweredNetwork network, SearchedSegments found)
    {
        var bytes = network.Kernels.Select(k => k.Flash?.Records is { } records ? records.Count * records.Bytes : 0).ToArray();
        if (bytes.Count(b => b > FewWeights) < 2)
            return [];
        return ScheduleSearch.Front([
            .. found.Edges.Select(edges => edges.Where(e => bytes[e.From..e.To].Count(b => b > FewWeights) < 2).ToArray()),
        ]);
    }

    private static bool IsSame(ScheduleCandidate a, ScheduleCandidate b) =>
        a.Cuts.SequenceEqual(b.Cuts) && a.Blocks.SequenceEqual(b.Blocks);

    /// <summary>Within one front no candidate is, so this drops what another order does not improve.</summary>
    private static bool IsNoWorse(ScheduleCandidate known, ScheduleCandidate candidate) =>
        known.Cost.Cycles <= candidate.Cost.Cycles && known.Cost.PeakBytes <= candidate.Cost.PeakBytes;

    /// <summary>
    /// The schedules of a resident input behind its delivery as a whole, where they may be smaller than those that ask for its rows one by
    /// one: an input that is no ring makes room for what grows row by row. None where the input alone is as large.
    /// </summary>
    private ImmutableArray<PlannedSchedule> InputFirst()
    {
        if (_input.Mode != InputMode.Rows)
            return [];
        var (shape, least) = (_network.Graph[_network.Graph.Inputs[0].Tensor].Type, Smallest(_whole).ArenaBytes);
        if (shape.Shape.Height * shape.RowBytes >= least)
            return [];
        return
        [
            .. _network
                .Orders(InputMode.Resident)
                .SelectMany(n =>
                    ScheduleSearch
                        .Find(n.Rows, n.Kernels, InputMode.Resident)
                        .Front.Select(c => new PlannedSchedule(n, c.Delivered(shape.Shape.Height), _input.Mode))
                )
                .Where(p => p.LowerBound < least)
                .OrderBy(p => p.Candidate.Cost.Cycles),
        ];
    }

    /// <summary>
    /// Of the networks rewritten for the choices of <see cref="BandSearch"/> the schedules that should be smaller than all without bands
    /// and no worse than another, fastest first, spread over the front.
    /// </summary>
    private ImmutableArray<PlannedSchedule> Banded()
    {
        if (_bands is null)
            return [];
        var (least, like) = (Smallest(_whole).ArenaBytes, new LikeNodes(_bands));
        var hoped = Math.Min(least, _whole.Min(p => p.Candidate.Cost.PeakBytes));
        var front = new List<PlannedSchedule>();
        foreach (
            var one in _orders
                .SelectMany(o => Banded(o.Network, o.Found.Edges, hoped, like))
                .Where(p => p.Candidate.Cost.PeakBytes < least)
                .OrderBy(p => p.Candidate.Cost.Cycles)
                .ThenBy(p => p.Candidate.Cost.PeakBytes)
        )
        {
            if (front.Count == 0 || one.Candidate.Cost.PeakBytes < front[^1].Candidate.Cost.PeakBytes)
                front.Add(one);
        }
        return front.Count <= BandedPlans
            ? [.. front]
            : [.. Enumerable.Range(0, BandedPlans).Select(i => front[i * (front.Count - 1) / (BandedPlans - 1)])];
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

    /// <summary>
    /// The schedule from which on twice the memory would no longer save a hundredth of the time, by <see cref="TimeForMemory"/>. The prices
    /// of the search rule out what they put at twice the price, so that few schedules are measured.
    /// </summary>
    private static PlannedSchedule Knee(
        PlannedSchedule fastest,
        IEnumerable<PlannedSchedule> fitting,
        Func<PlannedSchedule, (double Cycles, int Bytes)> taken,
        Func<double, bool> inTime
    )
    {
        var (least, bytes) = taken(fastest);
        var (best, cost) = (fastest, (double)bytes);
        foreach (var one in fitting.Where(p => p.Candidate.Cost.Cycles >= fastest.Candidate.Cost.Cycles))
        {
            if (TimeForMemory.Price(one.Candidate.Cost.Cycles, one.ArenaBytes, fastest.Candidate.Cost.Cycles) >= 2.0 * fastest.ArenaBytes)
                continue;
            var (cycles, arena) = taken(one);
            if (TimeForMemory.Price(cycles, arena, least) is var price && price < cost && inTime(cycles))
                (best, cost) = (one, price);
        }
        return best;
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
