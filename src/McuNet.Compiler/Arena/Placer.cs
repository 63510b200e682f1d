using System;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Arena;

// Placing C (10 bytes) beside A and B, both already placed. Each forbids C's base an open interval, as wide as the two separations
// of the pair together, not as wide as the buffer:
//
//   base of C   0     10    20    30    40    50
//   A forbids   |    (xxxxxxxxxxx)                      (a - below[C,A], a + below[A,C])
//   B forbids   |                      (xxxxxxxx)
//   free        [----]           [-----]         [----->
//
// "Lowest" takes 0; "tightest" takes the bottom of the gap with the least room to spare that does not raise the total; "outermost" takes
// the lowest or the highest free base below the limit, whichever is nearer to its end of the arena, so that the middle stays in one piece.

/// <summary>How a gap is chosen among the feasible ones.</summary>
internal enum GapRule
{
    Lowest,
    Tightest,
    Outermost,
}

/// <summary>Places buffers one after another, never moving one already placed.</summary>
internal sealed class Placer
{
    internal const int Unplaced = -1;

    private readonly Packing _packing;
    private readonly int _limit;
    private readonly long[] _forbidden;

    /// <param name="packing">What to place.</param>
    /// <param name="limit">The total aimed at by <see cref="GapRule.Outermost"/>.</param>
    internal Placer(Packing packing, int limit = 0)
    {
        (_packing, _limit) = (packing, limit);
        _forbidden = new long[packing.MostNeighbours];
        Offsets = new int[packing.Count];
        Clear();
    }

    internal int[] Offsets { get; }

    /// <summary>The highest end so far.</summary>
    internal int Top { get; private set; }

    internal long Nodes { get; private set; }

    /// <summary>Removes all but the fixed buffers.</summary>
    internal void Clear()
    {
        Top = 0;
        for (var i = 0; i < Offsets.Length; i++)
        {
            Offsets[i] = _packing.Fixed[i];
            if (Offsets[i] != Unplaced)
                Top = Math.Max(Top, Offsets[i] + _packing.Size[i]);
        }
    }

    /// <summary>Places a buffer and returns its end.</summary>
    internal int Place(int buffer, GapRule rule)
    {
        if (Offsets[buffer] == Unplaced)
        {
            var forbidden = CollectForbidden(buffer);
            Offsets[buffer] = rule == GapRule.Outermost ? FindEnd(buffer, forbidden) : FindGap(buffer, forbidden, rule);
        }
        var end = Offsets[buffer] + _packing.Size[buffer];
        Top = Math.Max(Top, end);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<long> CollectForbidden(int buffer)
    {
        var count = 0;
        var neighbours = _packing.NeighboursOf(buffer);
        foreach (var neighbour in neighbours)
        {
            var at = Offsets[neighbour.Other];
            if (at == Unplaced)
                continue;
            var firstFree = at + neighbour.WhenUnder;
            if (firstFree > 0)
                _forbidden[count++] = (long)Math.Max(0, at - neighbour.WhenAbove + 1) << 32 | (uint)firstFree;
        }
        Nodes += neighbours.Length + 1;
        var found = _forbidden.AsSpan(0, count);
        found.Sort();
        return found;
    }

    // Each interval is (first forbidden << 32 | first free after it), ascending.
    private int FindGap(int buffer, ReadOnlySpan<long> forbidden, GapRule rule)
    {
        var alignment = _packing.Alignment[buffer];
        var highest = Top - _packing.Size[buffer];
        var at = 0;
        var (best, bestSpare) = (Unplaced, int.MaxValue);
        foreach (var interval in forbidden)
        {
            var lastFree = Align.Down((int)(interval >> 32) - 1, alignment);
            if (lastFree >= at)
            {
                if (rule == GapRule.Lowest)
                    return at;
                if (at <= highest && lastFree - at < bestSpare)
                    (best, bestSpare) = (at, lastFree - at);
            }
            at = Math.Max(at, Align.Up((int)(interval & int.MaxValue), alignment));
        }
        var tighter = best != Unplaced && (at > highest || bestSpare <= highest - at);
        return rule == GapRule.Tightest && tighter ? best : at;
    }

    private int FindEnd(int buffer, ReadOnlySpan<long> forbidden)
    {
        var lowest = FindGap(buffer, forbidden, GapRule.Lowest);
        var top = Align.Down(_limit - _packing.Size[buffer], _packing.Alignment[buffer]);
        var (at, highest) = (0, -1);
        foreach (var interval in forbidden)
        {
            var lastFree = Math.Min(top, Align.Down((int)(interval >> 32) - 1, _packing.Alignment[buffer]));
            if (lastFree >= at)
                highest = lastFree;
            at = Math.Max(at, Align.Up((int)(interval & int.MaxValue), _packing.Alignment[buffer]));
        }
        if (at <= top)
            highest = top;
        return highest >= 0 && top - highest < lowest ? highest : lowest;
    }
}
