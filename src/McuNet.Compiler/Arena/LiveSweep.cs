using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>
/// Walks through time from breakpoint to breakpoint. Between two breakpoints nothing changes; at each, <see cref="Changed"/> lists
/// the buffers with a new live extent and <see cref="Live"/> all that have one.
/// </summary>
/// <remarks>Invariant: a dead buffer has <c>NegativeLo = Hi = -Far</c>, so that it seems to collide with nothing.</remarks>
internal sealed class LiveSweep
{
    internal const int Far = 1 << 30;

    private readonly long[] _events;
    private readonly int[] _owner;
    private readonly int[] _lo;
    private readonly int[] _hi;
    private readonly int[] _placeInLive;
    private readonly List<int> _live = [];
    private readonly List<int> _changed = [];
    private int _next;

    internal LiveSweep(ImmutableArray<ArenaBuffer> buffers)
    {
        var extents = 0;
        foreach (var buffer in buffers)
            extents += buffer.Extents.Length;
        (_owner, _lo, _hi) = (new int[extents], new int[extents], new int[extents]);
        _events = CollectEvents(buffers, extents);
        NegativeLo = new int[buffers.Length];
        Lo = new int[buffers.Length];
        Hi = new int[buffers.Length];
        _placeInLive = new int[buffers.Length];
        Rewind();
    }

    internal int Step { get; private set; }

    internal int[] Lo { get; }

    internal int[] NegativeLo { get; }

    internal int[] Hi { get; }

    internal List<int> Live => _live;

    internal List<int> Changed => _changed;

    internal void Rewind()
    {
        Array.Fill(NegativeLo, -Far);
        Array.Fill(Hi, -Far);
        Array.Fill(_placeInLive, -1);
        _live.Clear();
        _next = 0;
    }

    internal bool MoveNext()
    {
        _changed.Clear();
        if (_next == _events.Length)
            return false;
        Step = StepOf(_events[_next]);
        for (; _next < _events.Length && StepOf(_events[_next]) == Step; _next++)
        {
            var index = (int)(_events[_next] & int.MaxValue);
            if ((_events[_next] >> 31 & 1) == 0)
                Kill(index);
            else
                Start(index);
        }
        return true;
    }

    private static int StepOf(long moment) => (int)(moment >> 32);

    // Key: step, then deaths before starts, then the buffer (death) or extent (start).
    private static long Key(StepIndex step, int kind, int index) => (long)step.Value << 32 | (long)kind << 31 | (uint)index;

    private long[] CollectEvents(ImmutableArray<ArenaBuffer> buffers, int extents)
    {
        var events = new long[extents * 2];
        var count = 0;
        var flat = 0;
        for (var b = 0; b < buffers.Length; b++)
        {
            var runs = buffers[b].Extents;
            for (var k = 0; k < runs.Length; k++)
            {
                var run = runs[k];
                (_owner[flat], _lo[flat], _hi[flat]) = (b, run.Lo.Value, run.Hi.Value);
                events[count++] = Key(run.FirstStep, 1, flat++);
                var continues = k + 1 < runs.Length && runs[k + 1].FirstStep == run.EndStep;
                if (!continues)
                    events[count++] = Key(run.EndStep, 0, b);
            }
        }
        Array.Resize(ref events, count);
        Array.Sort(events);
        return events;
    }

    private void Start(int extent)
    {
        var buffer = _owner[extent];
        if (_placeInLive[buffer] < 0)
        {
            _placeInLive[buffer] = _live.Count;
            _live.Add(buffer);
        }
        (Lo[buffer], NegativeLo[buffer], Hi[buffer]) = (_lo[extent], -_lo[extent], _hi[extent]);
        _changed.Add(buffer);
    }

    private void Kill(int buffer)
    {
        var last = _live[^1];
        _live[_placeInLive[buffer]] = last;
        _placeInLive[last] = _placeInLive[buffer];
        _live.RemoveAt(_live.Count - 1);
        _placeInLive[buffer] = -1;
        (NegativeLo[buffer], Hi[buffer]) = (-Far, -Far);
    }
}
