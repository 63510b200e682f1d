using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Scheduling;

/// <summary>Writes into the calls of a sweep what a tensor's rows cost, by the rules of <see cref="SegmentPricer"/>.</summary>
internal sealed class SweepTensor(NetworkRows rows, SweepCalls calls)
{
    private readonly List<int> _events = [];
    private readonly List<NetworkRows.Use> _readers = [];
    private readonly List<int> _next = [];

    /// <summary>While somebody behind the segment reads a tensor, all its rows stay.</summary>
    /// <param name="writer">The node that writes it, or <see cref="SweepCalls.Input"/>.</param>
    public void Grow(int tensor, int writer)
    {
        var written = 0;
        foreach (var at in calls.Of(writer))
        {
            ref var call = ref calls.All[at];
            var end = calls.Written(call);
            call.Grown = end > 0 ? (end - written) * rows.RowBytes[tensor] : 0;
            written = Math.Max(written, end);
        }
    }

    /// <summary>
    /// All readers are in the segment: a tensor between segments loses the rows that are read for the last time, one inside becomes a ring
    /// where that saves rows. A tensor of which nobody asks for rows has no calls and takes no bytes.
    /// </summary>
    /// <param name="isWritten">Whether the segment writes it; otherwise it is complete when the segment begins.</param>
    public void Settle(int tensor, int first, bool isWritten)
    {
        Collect(tensor, first, isWritten ? rows.Producer[tensor] : null);
        var slots = isWritten ? Slots(tensor) : rows.Height[tensor];
        if (slots < rows.Height[tensor])
            SettleRing(tensor, slots * rows.RowBytes[tensor]);
        else
            SettleRows(tensor, isWritten ? 0 : rows.Height[tensor]);
    }

    private void SettleRing(int tensor, int bytes)
    {
        var isFirst = true;
        foreach (var at in _events)
        {
            ref var call = ref calls.All[at];
            if (ReaderOf(call.Node) >= 0)
                continue;
            var begins = isFirst && calls.Written(call) > 0;
            call.Grown = begins ? bytes : 0;
            isFirst &= !begins;
        }
        if (_events.Count == 0)
            return;
        ref var last = ref calls.All[_events[^1]];
        if (ReaderOf(last.Node) >= 0)
            Free(ref last, tensor, bytes);
    }

    private void SettleRows(int tensor, int written)
    {
        var needed = Begin(tensor);
        foreach (var at in _events)
        {
            ref var call = ref calls.All[at];
            if (Read(call, tensor, ref needed, out var before))
            {
                Free(ref call, tensor, (Math.Max(0, written - before) - Math.Max(0, written - needed)) * rows.RowBytes[tensor]);
                continue;
            }
            var end = calls.Written(call);
            if (end == 0)
                continue;
            var held = end - Math.Min(needed, end - 1);
            call.Grown = (held - Math.Max(0, written - needed)) * rows.RowBytes[tensor];
            if (needed >= end && call.Node != SweepCalls.Input)
                call.Freed += held * rows.RowBytes[tensor];
            written = end;
        }
    }

    private void Free(ref SweepCall call, int tensor, int bytes)
    {
        call.Freed += bytes;
        if (rows.MayOverwrite[call.Node][_readers[ReaderOf(call.Node)].Input])
            call.Overwritten += bytes;
    }

    /// <summary>The most rows that live at once.</summary>
    private int Slots(int tensor)
    {
        var (slots, written, needed) = (0, 0, Begin(tensor));
        foreach (var at in _events)
        {
            ref readonly var call = ref calls.All[at];
            if (Read(call, tensor, ref needed, out _) || calls.Written(call) is not (> 0 and var end))
                continue;
            slots = Math.Max(slots, end - Math.Min(needed, written));
            written = end;
        }
        return slots;
    }

    private int Begin(int tensor)
    {
        for (var r = 0; r < _next.Count; r++)
            _next[r] = 0;
        return Needed(tensor);
    }

    private bool Read(in SweepCall call, int tensor, ref int needed, out int before)
    {
        before = needed;
        var reader = ReaderOf(call.Node);
        if (reader < 0)
            return false;
        _next[reader] = call.Step + 1;
        needed = Needed(tensor);
        return true;
    }

    private int Needed(int tensor)
    {
        var needed = rows.Height[tensor];
        for (var r = 0; r < _readers.Count; r++)
            needed = Math.Min(needed, rows.FirstNeeded(_readers[r], _next[r], calls.Of(_readers[r].Node).Length, tensor));
        return needed;
    }

    private int ReaderOf(int node)
    {
        for (var r = 0; r < _readers.Count; r++)
        {
            if (_readers[r].Node == node)
                return r;
        }
        return -1;
    }

    /// <summary>The calls that write or read a tensor, in order.</summary>
    private void Collect(int tensor, int first, int? writer)
    {
        _events.Clear();
        _readers.Clear();
        _next.Clear();
        foreach (var use in rows.Consumers[tensor])
        {
            if (use.Node < first)
                continue;
            _readers.Add(use);
            _next.Add(0);
        }
        var written = 0;
        while (true)
        {
            var (next, from) = (int.MaxValue, -1);
            if (writer is { } node && written < calls.Of(node).Length)
                next = calls.Of(node)[written];
            for (var r = 0; r < _readers.Count; r++)
            {
                var places = calls.Of(_readers[r].Node);
                if (_next[r] < places.Length && places[_next[r]] < next)
                    (next, from) = (places[_next[r]], r);
            }
            if (next == int.MaxValue)
                return;
            _events.Add(next);
            if (from < 0)
                written++;
            else
                _next[from]++;
        }
    }
}
