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
    private readonly int[] _next;
    private readonly int[] _total;
    private readonly int[] _written;
    private readonly int[] _needed;
    private readonly int[] _slots;
    private readonly int[] _firstCall;
    private readonly int[] _lastCall;
    private readonly bool[] _ring;

    public SegmentPricer(NetworkRows rows, ImmutableArray<KernelCall> kernels, InputMode input)
    {
        _rows = rows;
        _kernels = kernels;
        _input = input;
        _called = [.. kernels];
        _order = new DemandOrder(rows, input);
        var nodes = rows.Graph.Nodes.Length;
        var tensors = rows.Graph.Tensors.Length;
        (_next, _total, _firstCall, _lastCall) = (new int[nodes], new int[nodes], new int[tensors], new int[tensors]);
        (_written, _needed, _slots, _ring) = (new int[tensors], new int[tensors], new int[tensors], new bool[tensors]);
    }

    /// <summary>Nodes [first, end) interleaved.</summary>
    /// <param name="blocks">By node of the network: rows of its steps where several run as one, 0 where it runs row by row; null for rows everywhere.</param>
    public SegmentCost Interleaved(int first, int end, IReadOnlyList<int>? blocks = null)
    {
        for (var n = first; n < end; n++)
            _called[n] = blocks is not null && blocks[n] > 0 ? _kernels[n].OfBlock(blocks[n]) : _kernels[n];
        _order.Reset(first);
        var steps = _order.Run(first, end, blocks);
        Begin(first, end, steps);
        FindRings(steps);
        Begin(first, end, steps);
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
        for (var t = 0; t < _written.Length; t++)
        {
            var producer = _rows.Producer[t];
            if (t == output || (producer < 0 ? _input == InputMode.Rows && !_rows.IsReadBefore(t, node + 1) : producer >= node) || !_rows.IsNeededFrom(t, node))
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
            CyclesOf(new ScheduleStep(new NodeId(node), 0, _rows.Dependencies[node].Steps, Joined: true), kernel));
    }

    /// <summary>Estimated cycles of one call on the yardstick core.</summary>
    public static double CyclesOf(ScheduleStep step, KernelCall kernel) =>
        CyclesPerCall + kernel.CyclesPerStep + (step.Count - 1) * (step.Joined ? kernel.CyclesPerJoinedRow : kernel.CyclesPerStep);

    private void Begin(int first, int end, IReadOnlyList<ScheduleStep> steps)
    {
        for (var n = 0; n < _next.Length; n++)
        {
            _next[n] = n < first ? int.MaxValue : 0;
            _total[n] = n < first ? 0 : n < end ? 0 : _rows.Dependencies[n].Steps;
        }
        foreach (var step in steps)
        {
            if (!step.IsInput)
                _total[step.Node.Value] = step.End;
        }
        for (var t = 0; t < _written.Length; t++)
        {
            var producer = _rows.Producer[t];
            var ready = producer < 0 ? _input == InputMode.Resident || _rows.IsReadBefore(t, first) : producer < first;
            _written[t] = ready ? _rows.Height[t] : 0;
            _needed[t] = FirstNeeded(t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstNeeded(int tensor)
    {
        if (_rows.IsOutput[tensor])
            return 0;
        var first = _rows.Height[tensor];
        foreach (var use in _rows.Consumers[tensor])
            first = Math.Min(first, _rows.FirstNeeded(use, _next[use.Node], _total[use.Node], tensor));
        return first;
    }

    private int OutputOf(ScheduleStep step, out int end)
    {
        if (step.IsInput)
        {
            end = step.End;
            return _rows.Graph.Inputs[0].Tensor.Value;
        }
        end = _rows.WriteEnd[step.Node.Value][step.End - 1];
        return _rows.Output[step.Node.Value];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRings(IReadOnlyList<ScheduleStep> steps)
    {
        Array.Clear(_slots);
        Array.Fill(_firstCall, -1);
        for (var c = 0; c < steps.Count; c++)
        {
            var output = OutputOf(steps[c], out var end);
            if (end > 0)
            {
                if (_firstCall[output] < 0)
                    _firstCall[output] = c;
                _lastCall[output] = c;
                var begin = Math.Min(_needed[output], _written[output]);
                _written[output] = end;
                _slots[output] = Math.Max(_slots[output], end - begin);
            }
            if (steps[c].IsInput)
                continue;
            var node = steps[c].Node.Value;
            _next[node] = steps[c].End;
            foreach (var input in _rows.Inputs[node])
            {
                _needed[input] = FirstNeeded(input);
                _lastCall[input] = c;
            }
        }
        for (var t = 0; t < _ring.Length; t++)
            _ring[t] = _firstCall[t] >= 0 && _slots[t] < _rows.Height[t];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Peak(IReadOnlyList<ScheduleStep> steps)
    {
        var live = 0;
        for (var t = 0; t < _written.Length; t++)
            live += Linear(t);
        var peak = live;
        var state = 0;
        for (var c = 0; c < steps.Count; c++)
        {
            var step = steps[c];
            var output = OutputOf(step, out var end);
            var before = live;
            var (begin, grown) = (Math.Min(_needed[output], _written[output]), 0);
            if (_ring[output])
            {
                grown = _firstCall[output] == c ? _slots[output] * _rows.RowBytes[output] : 0;
                _written[output] = Math.Max(end, _written[output]);
            }
            else if (end > 0)
            {
                var old = Linear(output);
                _written[output] = end;
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
            _next[node] = step.End;
            var (freed, overwritten) = (0, 0);
            for (var i = 0; i < _rows.Inputs[node].Length; i++)
            {
                var bytes = Release(_rows.Inputs[node][i], c);
                freed += bytes;
                overwritten += _rows.MayOverwrite[node][i] ? bytes : 0;
            }
            var during = Math.Max(before, before + grown - overwritten);
            peak = Math.Max(peak, during + kernel.ScratchBytes + state);
            if (step.End == _total[node])
                state -= kernel.StateBytes;
            live = before + grown - freed;
            if (!_ring[output] && end > 0)
                live -= (end - begin) * _rows.RowBytes[output] - Linear(output);
        }
        return peak;
    }

    private int Release(int tensor, int call)
    {
        if (_ring[tensor])
        {
            _needed[tensor] = FirstNeeded(tensor);
            return _lastCall[tensor] == call ? _slots[tensor] * _rows.RowBytes[tensor] : 0;
        }
        var before = Linear(tensor);
        _needed[tensor] = FirstNeeded(tensor);
        return before - Linear(tensor);
    }

    private int Linear(int tensor) => Math.Max(0, _written[tensor] - _needed[tensor]) * _rows.RowBytes[tensor];

    private double Cycles(IReadOnlyList<ScheduleStep> steps)
    {
        var cycles = 0.0;
        foreach (var step in steps)
            cycles += step.IsInput ? CyclesPerCall : CyclesOf(step, _called[step.Node.Value]);
        return cycles;
    }
}
