using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Scheduling;

/// <summary>What a segment costs if everything packs perfectly.</summary>
/// <param name="PeakBytes">Largest sum of live bytes at one time, tensors that wait for later segments included.</param>
public readonly record struct SegmentCost(int PeakBytes, double Cycles);

/// <summary>
/// Prices segments for the search: replays the demand order and sums live bytes. Rings count in full from their first row to their last;
/// tensors between segments count by live rows, so that an output growing over a dying input costs only their exact overlap.
/// </summary>
public sealed class SegmentPricer
{
    /// <summary>Cycles around one call: dispatch, row pointers, call and return.</summary>
    public const double CyclesPerCall = 40;

    private readonly NetworkRows _rows;
    private readonly ImmutableArray<KernelCall> _kernels;
    private readonly InputMode _input;
    private readonly KernelCall[] _called;
    private readonly DemandOrder _order;
    private readonly RowReplay _replay;

    public SegmentPricer(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        (_rows, _kernels, _input, _called) = (rows, kernels, input, [.. kernels]);
        (_order, _replay) = (new DemandOrder(rows, input), new RowReplay(rows, input));
    }

    /// <summary>Nodes [first, end) interleaved.</summary>
    /// <param name="blocks">By node of the network: rows of its steps where several run as one, 0 where it runs row by row; null for rows
    /// everywhere.</param>
    public SegmentCost Interleaved(int first, int end, IReadOnlyList<int>? blocks = null)
    {
        for (var n = first; n < end; n++)
            _called[n] = blocks is not null && blocks[n] > 0 ? _kernels[n].OfBlock(blocks[n]) : _kernels[n];
        _order.Reset(first);
        var steps = _order.Run(first, end, blocks);
        _replay.Begin(first, end, steps);
        return new SegmentCost(Peak(steps), Cycles(steps));
    }

    /// <summary>Whether all rows of a node may run as a single call.</summary>
    public static bool MayJoin(NetworkRows rows, int node, KernelCall kernel) =>
        rows.Dependencies[node].Joinable || kernel.Blocks.Any(b => b.Rows >= rows.Dependencies[node].Steps);

    /// <summary>One node that may be joined as a single call.</summary>
    public SegmentCost Joined(int node)
    {
        var output = _rows.Output[node];
        var through = 0;
        var dying = 0;
        for (var t = 0; t < _rows.Height.Length; t++)
        {
            if (t == output || !_rows.IsReady(t, node + 1, _input) || !_rows.IsNeededFrom(t, node))
                continue;
            var bytes = _rows.Height[t] * _rows.RowBytes[t];
            if (_rows.IsNeededFrom(t, node + 1) || !_rows.MayOverwrite[node][Array.IndexOf(_rows.Inputs[node], t)])
                through += bytes;
            else
                dying += bytes;
        }
        var own = _rows.Height[output] * _rows.RowBytes[output];
        var kernel = _kernels[node].OfBlock(_rows.Dependencies[node].Steps);
        var peak = through + Math.Max(own, dying);
        return new SegmentCost(
            peak + kernel.ScratchBytes + kernel.StateBytes,
            CyclesOf(new ScheduleStep(new NodeId(node), 0, _rows.Dependencies[node].Steps, Joined: true), kernel)
        );
    }

    /// <summary>Estimated cycles of one call on the yardstick core, waiting for flash included.</summary>
    /// <param name="again">Whether the call before ran the same code, which the cache holds then.</param>
    public static double CyclesOf(ScheduleStep step, KernelCall kernel, bool again = false) =>
        IdealCyclesOf(step, kernel) + WaitsOf(step, kernel, again);

    private static double WaitsOf(ScheduleStep step, KernelCall kernel, bool again) =>
        (again ? 0 : kernel.Flash?.CodeWaits ?? 0) + (step.Joined ? kernel.WaitsOf(step.Count) : step.Count * kernel.WaitsOf(1));

    private static double IdealCyclesOf(ScheduleStep step, KernelCall kernel) =>
        CyclesPerCall + kernel.CyclesPerStep + (step.Count - 1) * (step.Joined ? kernel.CyclesPerJoinedRow : kernel.CyclesPerStep);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Peak(IReadOnlyList<ScheduleStep> steps)
    {
        var (written, needed) = (_replay.Written, _replay.Needed);
        var live = 0;
        for (var t = 0; t < written.Length; t++)
            live += _replay.LiveBytes(t);
        var peak = live;
        var state = 0;
        for (var c = 0; c < steps.Count; c++)
        {
            var step = steps[c];
            var output = _replay.OutputOf(step, out var end);
            var before = live;
            var (isRing, begin, grown) = (_replay.IsRing(output), Math.Min(needed[output], written[output]), 0);
            if (isRing)
            {
                grown = _replay.FirstCall[output] == c ? _replay.Slots[output] * _rows.RowBytes[output] : 0;
                written[output] = Math.Max(end, written[output]);
            }
            else if (end > 0)
            {
                var old = _replay.LiveBytes(output);
                written[output] = end;
                grown = (end - begin) * _rows.RowBytes[output] - old;
            }
            if (step.IsInput)
            {
                live += grown;
                peak = Math.Max(peak, live + state);
                continue;
            }
            var node = step.Node.Value;
            var kernel = _called[node];
            if (step.First == 0)
                state += kernel.StateBytes;
            var isLast = _replay.Finish(step);
            var (freed, overwritten) = (0, 0);
            for (var i = 0; i < _rows.Inputs[node].Length; i++)
            {
                var bytes = Freed(_rows.Inputs[node][i], c);
                freed += bytes;
                overwritten += _rows.MayOverwrite[node][i] ? bytes : 0;
            }
            var during = Math.Max(before, before + grown - overwritten);
            peak = Math.Max(peak, during + kernel.ScratchBytes + state);
            if (isLast)
                state -= kernel.StateBytes;
            live = before + grown - freed;
            if (!isRing && end > 0)
                live -= (end - begin) * _rows.RowBytes[output] - _replay.LiveBytes(output);
        }
        return peak;
    }

    private int Freed(int tensor, int call)
    {
        var before = _replay.LiveBytes(tensor);
        _replay.Release(tensor);
        return !_replay.IsRing(tensor) ? before - _replay.LiveBytes(tensor)
            : _replay.LastCall[tensor] == call ? _replay.Slots[tensor] * _rows.RowBytes[tensor]
            : 0;
    }

    private double Cycles(IReadOnlyList<ScheduleStep> steps)
    {
        var cycles = 0.0;
        foreach (var step in steps)
            cycles += step.IsInput ? CyclesPerCall : CyclesOf(step, _called[step.Node.Value]);
        return cycles;
    }
}
