using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;

namespace McuNet.Compiler.Tests.Arena;

/// <summary>The smallest total by trying every offset of every buffer and looking at every byte of every step.</summary>
internal sealed class BruteForce
{
    private readonly ImmutableArray<ArenaBuffer> _buffers;
    private readonly ulong[][] _liveBits;
    private readonly ulong[] _taken;

    private BruteForce(ImmutableArray<ArenaBuffer> buffers, int steps)
    {
        _buffers = [.. buffers.OrderByDescending(b => b.FixedOffset is not null).ThenByDescending(b => b.Size)];
        _liveBits = [.. _buffers.Select(b => Enumerable.Range(0, steps).Select(s => Bits(b, s)).ToArray())];
        _taken = new ulong[steps];
    }

    /// <summary>For totals below 64.</summary>
    internal static int SmallestTotal(ImmutableArray<ArenaBuffer> buffers, int steps)
    {
        var search = new BruteForce(buffers, steps);
        for (var total = 0; total < 64; total++)
        {
            if (search.Fits(0, total))
                return total;
        }
        throw new InvalidOperationException("the problem is too large for brute force");
    }

    private static ulong Bits(ArenaBuffer buffer, int step)
    {
        var bits = 0UL;
        foreach (var extent in buffer.Extents.Where(e => e.FirstStep.Value <= step && step < e.EndStep.Value))
        {
            for (var b = extent.Lo.Value; b < extent.Hi.Value; b++)
                bits |= 1UL << b;
        }
        return bits;
    }

    private bool Fits(int index, int total)
    {
        if (index == _buffers.Length)
            return true;
        var buffer = _buffers[index];
        var live = _liveBits[index];
        for (var at = 0; at + buffer.Size.Value <= total; at += buffer.Alignment)
        {
            if (buffer.FixedOffset is { } wanted && wanted.Value != at)
                continue;
            if (live.Where((bits, step) => (_taken[step] & bits << at) != 0).Any())
                continue;
            Toggle(live, at);
            var fits = Fits(index + 1, total);
            Toggle(live, at);
            if (fits)
                return true;
        }
        return false;
    }

    private void Toggle(ulong[] live, int at)
    {
        for (var step = 0; step < live.Length; step++)
            _taken[step] ^= live[step] << at;
    }
}
