using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Arena;

namespace McuNet.Compiler.Tests.Arena;

/// <summary>The smallest total by trying every offset of every buffer and looking at every byte of every step.</summary>
internal sealed class BruteForce
{
    private readonly ImmutableArray<ArenaBuffer> _buffers;
    private readonly Claim[][] _live;
    private readonly Claim[] _taken;

    private BruteForce(ImmutableArray<ArenaBuffer> buffers, int steps)
    {
        _buffers = [.. buffers.OrderByDescending(b => b.FixedOffset is not null).ThenByDescending(b => b.Size)];
        _live = [.. _buffers.Select(b => Enumerable.Range(0, steps).Select(s => Bits(b, s)).ToArray())];
        _taken = new Claim[steps];
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

    // Bytes take the odd places and the seams between them the even ones, so that a point (an extent of no bytes) has a place of its own.
    private static Claim Bits(ArenaBuffer buffer, int step)
    {
        var claim = default(Claim);
        foreach (var extent in buffer.Extents.Where(e => e.FirstStep.Value <= step && step < e.EndStep.Value))
        {
            for (var place = (2 * extent.Lo.Value) + 1; place < 2 * extent.Hi.Value; place++)
                claim = claim with { Bytes = claim.Bytes | UInt128.One << place };
            if (extent.Lo.Value == extent.Hi.Value)
                claim = claim with { Points = UInt128.One << (2 * extent.Lo.Value) };
        }
        return claim;
    }

    private bool Fits(int index, int total)
    {
        if (index == _buffers.Length)
            return true;
        var buffer = _buffers[index];
        var live = _live[index];
        for (var at = 0; at + buffer.Size.Value <= total; at += buffer.Alignment)
        {
            if (buffer.FixedOffset is { } wanted && wanted.Value != at)
                continue;
            if (live.Where((claim, step) => _taken[step].Collides(claim.At(at))).Any())
                continue;
            Toggle(live, at);
            var fits = Fits(index + 1, total);
            Toggle(live, at);
            if (fits)
                return true;
        }
        return false;
    }

    private void Toggle(Claim[] live, int at)
    {
        for (var step = 0; step < live.Length; step++)
            _taken[step] = _taken[step].Xor(live[step].At(at));
    }

    private readonly record struct Claim(UInt128 Bytes, UInt128 Points)
    {
        internal Claim At(int offset) => new(Bytes << (2 * offset), Points << (2 * offset));

        internal Claim Xor(Claim other) => new(Bytes ^ other.Bytes, Points ^ other.Points);

        internal bool Collides(Claim other) => (Bytes & (other.Bytes | other.Points)) != 0 || (Points & other.Bytes) != 0;
    }
}
