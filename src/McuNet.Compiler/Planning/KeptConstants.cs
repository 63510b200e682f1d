using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>
/// Weights kept in bytes that a planned arena leaves unused while a layer runs, so that reading them again does not wait for flash. What
/// lies in the arena lies where it lay; an arena larger than the plan asks for has room for more weights.
/// <code>
/// arena | tensor a ######|############        |   a, b and scratch live while the layer runs; the widest gap between them
///       |                | tensor b ##########|   takes as many records of its weights as fit
///       |       gap      |            scratch |
/// </code>
/// </summary>
public sealed class KeptConstants
{
    /// <summary>Arenas that <see cref="Sizes"/> spreads between the plan's and the largest.</summary>
    private const int Spread = 16;

    private readonly Schedule _schedule;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly MemoryPlan _memory;
    private readonly ImmutableArray<Layer> _layers;

    /// <param name="kernels">By node, as the schedule calls them.</param>
    /// <param name="memory">The plan of the schedule without weights in RAM.</param>
    public KeptConstants(Schedule schedule, ImmutableArray<KernelCall> kernels, MemoryPlan memory)
    {
        (_schedule, _kernels, _memory) = (schedule, kernels, memory);
        var calls = new Dictionary<int, Layer>();
        for (var s = 0; s < schedule.Steps.Length; s++)
        {
            var step = schedule.Steps[s];
            if (step.IsInput || kernels[step.Node.Value] is not { Flash.Records: { } records, StateBytes: 0 })
                continue;
            if (!calls.TryGetValue(step.Node.Value, out var layer))
                calls[step.Node.Value] = layer = new(step.Node.Value, kernels[step.Node.Value].Flash!, records, 2 * s);
            layer.Add(step, 2 * s + 2);
        }

        foreach (var layer in calls.Values)
            layer.Occupied.AddRange(
                memory.Buffers.SelectMany(b =>
                    b.Live.Where(l => l.Begin < layer.End && layer.Begin < l.End).Select(l => (b.Offset + l.Lo, b.Offset + l.Hi))
                )
            );
        _layers =
        [
            .. calls.Values.Where(l => l.Gain(l.Records.Count) > 0).OrderByDescending(l => l.Gain(l.Records.Count)).ThenBy(l => l.Node),
        ];
    }

    /// <summary>
    /// Arenas larger than the plan's that may be worth their bytes: those that hold all records of a layer beside what lives then, or of
    /// all layers that take turns with it, and some between.
    /// </summary>
    /// <param name="most">Bytes that the device has for the arena.</param>
    public IEnumerable<int> Sizes(long most)
    {
        var whole = _layers
            .SelectMany(l => new[] { l.Top + l.Bytes, l.Top + _layers.Where(o => o.Begin < l.End && l.Begin < o.End).Sum(o => o.Bytes) })
            .Where(s => s > _memory.ArenaBytes)
            .ToList();
        var largest = whole.Count == 0 ? 0 : whole.Max();
        return whole
            .Concat(
                Enumerable
                    .Range(1, whole.Count == 0 ? 0 : Spread)
                    .Select(i => _memory.ArenaBytes + (int)((long)(largest - _memory.ArenaBytes) * i / Spread))
            )
            .Where(s => s <= most)
            .Distinct()
            .Order();
    }

    /// <summary>What an arena of so many bytes holds.</summary>
    public KeptRecords Fill(int arena)
    {
        var (kept, saved) = (ImmutableArray.CreateBuilder<KeptLayer>(), 0.0);
        foreach (var layer in _layers)
        {
            var (offset, bytes) = WidestGap(layer, kept, arena);
            var count = Math.Min(layer.Records.Count, bytes / layer.Records.Bytes);
            if (count == 0 || layer.Gain(count) is not (> 0 and var gain))
                continue;
            kept.Add(new(layer.Node, offset, count, count * layer.Records.Bytes, layer.Begin, layer.End));
            saved += gain;
        }

        return new(kept.ToImmutable(), saved, Math.Max(_memory.ArenaBytes, kept.Select(k => k.Offset + k.Bytes).DefaultIfEmpty().Max()));
    }

    /// <returns>The kernels, of which some keep records, and the plan with the places of these.</returns>
    public (ImmutableArray<KernelCall> Kernels, MemoryPlan Memory) Place(KeptRecords records)
    {
        var (kernels, offsets, buffers) = (_kernels.ToBuilder(), _memory.StateOffsets.ToBuilder(), _memory.Buffers.ToBuilder());
        foreach (var kept in records.Layers)
        {
            kernels[kept.Node] = _kernels[kept.Node].Keeping(kept.Count);
            offsets[kept.Node] = kept.Offset;
            buffers.Add(
                new(
                    $"{_schedule.Graph.Nodes[kept.Node].Name} weights",
                    BufferKind.Weights,
                    null,
                    kept.Offset,
                    [new(kept.Begin, kept.End, 0, kept.Bytes)]
                )
            );
        }

        return (
            kernels.ToImmutable(),
            _memory with
            {
                ArenaBytes = records.ArenaBytes,
                WeightBytes = records.ArenaBytes - _memory.ArenaBytes,
                StateOffsets = offsets.ToImmutable(),
                Buffers = buffers.ToImmutable(),
            }
        );
    }

    private static (int Offset, int Bytes) WidestGap(Layer layer, IEnumerable<KeptLayer> kept, int arena)
    {
        var (widest, free) = ((Offset: 0, Bytes: 0), 0);
        foreach (
            var (lo, hi) in layer
                .Occupied.Concat(
                    kept.Where(k => k.Begin < layer.End && layer.Begin < k.End).Select(k => (Lo: k.Offset, Hi: k.Offset + k.Bytes))
                )
                .Append((arena, arena))
                .Order()
        )
        {
            var aligned = Aligned(free);
            if (lo - aligned > widest.Bytes)
                widest = (aligned, lo - aligned);
            free = Math.Max(free, hi);
        }

        return widest;
    }

    private static int Aligned(int offset) => (offset + MemoryPlanner.Alignment - 1) / MemoryPlanner.Alignment * MemoryPlanner.Alignment;

    /// <summary>A layer whose kernel may keep records, its moments from its first step to its last, two to a step as buffers count them,
    /// and its calls.</summary>
    private sealed class Layer(int node, FlashUse flash, StreamRecords records, int begin)
    {
        private readonly SortedDictionary<int, int> _calls = [];

        public int Node => node;

        public StreamRecords Records => records;

        /// <summary>Of all records.</summary>
        public int Bytes => records.Count * records.Bytes;

        public int Begin => begin;

        public int End { get; private set; }

        /// <summary>Bytes of the arena that other things take meanwhile.</summary>
        public List<(int Lo, int Hi)> Occupied { get; } = [];

        /// <summary>Where the bytes begin that nothing takes.</summary>
        public int Top => Aligned(Occupied.Select(o => o.Hi).DefaultIfEmpty().Max());

        public void Add(ScheduleStep step, int end)
        {
            var (rows, times) = step.Joined ? (step.Count, 1) : (1, step.Count);
            _calls[rows] = _calls.GetValueOrDefault(rows) + times;
            End = end;
        }

        /// <summary>Cycles that the layer waits less with so many records in RAM, less those of copying them.</summary>
        public double Gain(int count) =>
            _calls.Sum(c => c.Value * (flash.Waits(c.Key, 0) - flash.Waits(c.Key, count))) - count * flash.CopyCycles;
    }
}

/// <summary>Records of a layer in the arena: where they lie, and the moments for which they do.</summary>
public sealed record KeptLayer(int Node, int Offset, int Count, int Bytes, int Begin, int End);

/// <summary>Records of weights in an arena.</summary>
/// <param name="Layers">Those that keep some.</param>
/// <param name="SavedCycles">On the yardstick core: what the layers wait less, without what copying takes.</param>
/// <param name="ArenaBytes">The plan's, or more where records lie behind its end.</param>
public sealed record KeptRecords(ImmutableArray<KeptLayer> Layers, double SavedCycles, int ArenaBytes);
