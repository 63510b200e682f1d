using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Scheduling;

/// <summary>Bytes [Lo, Hi) of a buffer are live at the times [Begin, End); two times per call, see <see cref="RowLiveness"/>.</summary>
public readonly record struct LiveBytes(int Begin, int End, int Lo, int Hi);

/// <summary>The buffer of a tensor: row y lives in slot y mod Slots. All rows: materialised; fewer: a ring of lines.</summary>
public sealed record RowBuffer(TensorId Tensor, int RowBytes, int Slots, bool IsRing, ImmutableArray<LiveBytes> Live)
{
    public int Bytes => RowBytes * Slots;
}

/// <summary>
/// Which rows of every tensor live when, by exact replay of the steps of a schedule. Call c spans the times 2c (reading) and 2c+1 (writing).
/// An output row lives from the reading half on, because a kernel may write before it has read everything; an operator that works in place
/// claims only the place where its row begins while it reads, so that the row may lie on or below an input row that dies in this call.
///
///   time      2c        2c+1      2c+2
///   input   [#######]                     last read in call c, in place: gone in the writing half
///   input   [#################]           last read in call c, otherwise
///   output  .         [##############     in place: a point, then the row
///   output  [########################     otherwise
/// </summary>
public sealed class RowLiveness
{
    private readonly NetworkRows _rows;
    private readonly Schedule _schedule;
    private readonly int[] _next;
    private readonly int[] _total;
    private readonly int[] _written;
    private readonly int[] _needed;
    private readonly int[] _slots;

    private RowLiveness(NetworkRows rows, Schedule schedule)
    {
        _rows = rows;
        _schedule = schedule;
        _next = new int[rows.Graph.Nodes.Length];
        _total = new int[rows.Graph.Nodes.Length];
        foreach (var step in schedule.Steps)
        {
            if (!step.IsInput)
                _total[step.Node.Value] = step.End;
        }
        _written = new int[rows.Graph.Tensors.Length];
        _needed = new int[rows.Graph.Tensors.Length];
        _slots = new int[rows.Graph.Tensors.Length];
    }

    /// <summary>Buffers by tensor id; tensors that are never written have zero slots.</summary>
    public static ImmutableArray<RowBuffer> Of(NetworkRows rows, Schedule schedule)
    {
        var liveness = new RowLiveness(rows, schedule);
        liveness.CountSlots();
        return liveness.Trace();
    }

    private void Begin()
    {
        Array.Clear(_next);
        for (var t = 0; t < _written.Length; t++)
        {
            _written[t] = _rows.IsInput[t] && _schedule.Input == InputMode.Resident ? _rows.Height[t] : 0;
            _needed[t] = FirstNeeded(t);
        }
    }

    private int FirstNeeded(int tensor)
    {
        if (_rows.IsOutput[tensor])
            return 0;
        var first = _rows.Height[tensor];
        foreach (var use in _rows.Consumers[tensor])
            first = Math.Min(first, _rows.FirstNeeded(use, _next[use.Node], _total[use.Node], tensor));
        return first;
    }

    private static bool HasOutput(ScheduleStep step, NetworkRows rows, out int tensor, out int end)
    {
        if (step.IsInput)
        {
            tensor = rows.Graph.Inputs[0].Tensor.Value;
            end = step.End;
            return true;
        }
        tensor = rows.Graph[step.Node].Output.Value;
        var writes = rows.Dependencies[step.Node.Value].Writes(step.End - 1);
        end = writes.End;
        return !writes.IsEmpty;
    }

    private void CountSlots()
    {
        Begin();
        for (var t = 0; t < _slots.Length; t++)
            _slots[t] = _written[t];
        foreach (var step in _schedule.Steps)
        {
            if (HasOutput(step, _rows, out var output, out var end))
            {
                var begin = Math.Min(_needed[output], _written[output]);
                _written[output] = end;
                _slots[output] = Math.Max(_slots[output], end - begin);
            }
            Finish(step, null);
        }
    }

    private ImmutableArray<RowBuffer> Trace()
    {
        Begin();
        var traces = new List<LiveBytes>[_written.Length];
        for (var t = 0; t < traces.Length; t++)
            traces[t] = [];
        var since = new int[traces.Length];
        var now = new (int Lo, int Hi)[traces.Length];
        for (var t = 0; t < traces.Length; t++)
            now[t] = _written[t] > 0 ? (0, _slots[t] * _rows.RowBytes[t]) : (-1, -1);

        void Set(int tensor, int time, (int Lo, int Hi) extent)
        {
            if (now[tensor] == extent)
                return;
            if (now[tensor].Lo >= 0 && time > since[tensor])
                traces[tensor].Add(new LiveBytes(since[tensor], time, now[tensor].Lo, now[tensor].Hi));
            now[tensor] = extent;
            since[tensor] = time;
        }

        var dying = new List<(int Tensor, bool Overwritten)>();
        for (var c = 0; c < _schedule.Steps.Length; c++)
        {
            var step = _schedule.Steps[c];
            var writes = HasOutput(step, _rows, out var output, out var end);
            var inPlace = !step.IsInput && _rows.Dependencies[step.Node.Value].InPlace;
            var before = Math.Min(_needed[output], _written[output]);
            if (writes)
            {
                var begin = _written[output];
                _written[output] = end;
                if (inPlace)
                    Set(output, 2 * c, Hull(output, before, begin, point: begin));
                Set(output, inPlace ? 2 * c + 1 : 2 * c, Hull(output, before, end));
            }
            dying.Clear();
            Finish(step, dying);
            foreach (var (t, overwritten) in dying)
                Set(t, overwritten ? 2 * c + 1 : 2 * c + 2, Live(t));
            if (writes)
                Set(output, 2 * c + 2, Live(output));
        }
        var last = 2 * _schedule.Steps.Length;
        var buffers = ImmutableArray.CreateBuilder<RowBuffer>(traces.Length);
        for (var t = 0; t < traces.Length; t++)
        {
            Set(t, last, (-1, -1));
            buffers.Add(new RowBuffer(new TensorId(t), _rows.RowBytes[t], _slots[t], _slots[t] < _rows.Height[t], traces[t].ToImmutableArray()));
        }
        return buffers.MoveToImmutable();
    }

    /// <summary>Moves the node on and notes the inputs whose rows died, and whether the output may take their place.</summary>
    private void Finish(ScheduleStep step, List<(int Tensor, bool Overwritten)>? dying)
    {
        if (step.IsInput)
            return;
        _next[step.Node.Value] = step.End;
        var inputs = _rows.Inputs[step.Node.Value];
        for (var i = 0; i < inputs.Length; i++)
        {
            var first = FirstNeeded(inputs[i]);
            if (first == _needed[inputs[i]])
                continue;
            _needed[inputs[i]] = first;
            dying?.Add((inputs[i], _rows.MayOverwrite[step.Node.Value][i]));
        }
    }

    private (int Lo, int Hi) Live(int tensor) =>
        _needed[tensor] >= _written[tensor] ? (-1, -1) : Hull(tensor, _needed[tensor], _written[tensor]);

    /// <summary>Byte hull of the slots of rows [begin, end), and of the place where row <paramref name="point"/> begins.</summary>
    private (int Lo, int Hi) Hull(int tensor, int begin, int end, int point = -1)
    {
        var bytes = _rows.RowBytes[tensor];
        var slots = _slots[tensor];
        int lo, hi;
        if (begin >= end)
        {
            lo = hi = point % slots;
            return (lo * bytes, hi * bytes);
        }
        if (end - begin >= slots || begin % slots > (end - 1) % slots)
            return (0, slots * bytes);
        lo = begin % slots;
        hi = (end - 1) % slots + 1;
        if (point >= 0)
        {
            lo = Math.Min(lo, point % slots);
            hi = Math.Max(hi, point % slots);
        }
        return (lo * bytes, hi * bytes);
    }
}
