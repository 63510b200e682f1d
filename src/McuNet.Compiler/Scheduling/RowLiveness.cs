using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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
/// Which rows of every tensor live when, by exact replay of the steps of a schedule. Call c spans the times 2c (reading) and 2c+1
/// (writing). An output row lives from the reading half on, because a kernel may write before it has read everything; an operator that
/// works in place claims only the place where its row begins while it reads, so that the row may lie on or below an input row that dies in
/// this call.
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
    private readonly RowReplay _replay;
    private readonly List<LiveBytes>[] _traces;
    private readonly int[] _since;
    private readonly (int Lo, int Hi)[] _now;

    private RowLiveness(Schedule schedule)
    {
        (_rows, _schedule, _replay) = (schedule.Rows, schedule, new RowReplay(schedule.Rows, schedule.Input));
        _replay.Begin(0, schedule.Graph.Nodes.Length, schedule.Steps);
        var tensors = schedule.Graph.Tensors.Length;
        (_traces, _since, _now) = (new List<LiveBytes>[tensors], new int[tensors], new (int, int)[tensors]);
        for (var t = 0; t < tensors; t++)
            (_traces[t], _now[t]) = ([], _replay.Written[t] > 0 ? (0, _replay.Slots[t] * _rows.RowBytes[t]) : (-1, -1));
    }

    /// <summary>Buffers by tensor id; tensors that are never written have zero slots.</summary>
    public static ImmutableArray<RowBuffer> Of(Schedule schedule)
    {
        var liveness = new RowLiveness(schedule);
        for (var c = 0; c < schedule.Steps.Length; c++)
            liveness.Trace(c, schedule.Steps[c]);
        return [.. liveness._traces.Select((_, t) => liveness.Buffer(t))];
    }

    private void Trace(int call, ScheduleStep step)
    {
        var output = _replay.OutputOf(step, out var end);
        if (end > 0)
        {
            var begin = _replay.Written[output];
            var live = Math.Min(_replay.Needed[output], begin);
            var inPlace = !step.IsInput && _rows.Dependencies[step.Node.Value].InPlace;
            _replay.Written[output] = end;
            if (inPlace)
                Set(output, 2 * call, Hull(output, live, begin, point: begin));
            Set(output, inPlace ? 2 * call + 1 : 2 * call, Hull(output, live, end));
        }
        if (!step.IsInput)
            Finish(call, step);
        if (end > 0)
            Set(output, 2 * call + 2, Live(output));
    }

    /// <summary>Ends the life of input rows that died: before the output is written where it may take their place.</summary>
    private void Finish(int call, ScheduleStep step)
    {
        _replay.Finish(step);
        var (inputs, needed) = (_rows.Inputs[step.Node.Value], _replay.Needed);
        for (var i = 0; i < inputs.Length; i++)
        {
            var before = needed[inputs[i]];
            _replay.Release(inputs[i]);
            if (needed[inputs[i]] != before)
                Set(inputs[i], _rows.MayOverwrite[step.Node.Value][i] ? 2 * call + 1 : 2 * call + 2, Live(inputs[i]));
        }
    }

    private RowBuffer Buffer(int tensor)
    {
        Set(tensor, 2 * _schedule.Steps.Length, (-1, -1));
        var slots = _replay.Slots[tensor];
        return new RowBuffer(new TensorId(tensor), _rows.RowBytes[tensor], slots, slots < _rows.Height[tensor], [.. _traces[tensor]]);
    }

    private void Set(int tensor, int time, (int Lo, int Hi) extent)
    {
        if (_now[tensor] == extent)
            return;
        if (_now[tensor].Lo >= 0 && time > _since[tensor])
            _traces[tensor].Add(new LiveBytes(_since[tensor], time, _now[tensor].Lo, _now[tensor].Hi));
        (_now[tensor], _since[tensor]) = (extent, time);
    }

    private (int Lo, int Hi) Live(int tensor) =>
        _replay.LiveBytes(tensor) == 0 ? (-1, -1) : Hull(tensor, _replay.Needed[tensor], _replay.Written[tensor]);

    /// <summary>Byte hull of the slots of rows [begin, end), and of the place where row <paramref name="point"/> begins.</summary>
    private (int Lo, int Hi) Hull(int tensor, int begin, int end, int point = -1)
    {
        var bytes = _rows.RowBytes[tensor];
        var slots = _replay.Slots[tensor];
        int lo,
            hi;
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
