using System;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Arena;

// Live at one step: A [20,40) of 40 bytes, B [0,20) of 20 bytes. 40 bytes are live, but with B on top A's dead front cannot be
// used by these two, so only the order with B below reaches 40:
//
//   |BBBBBBBBB|AAAAAAAA|            base(A) = 0, A's dead front holds B: 40
//   |         |AAAAAAAA|BBBBBBBBB|  60
//
// For any order, the lowest buffer leaves its dead front unused and the highest its dead back, so the bound adds the smallest
// front and back that two different buffers can offer.

/// <summary>What every step needs at least, whatever the packing.</summary>
/// <param name="Step">First step of a run in which nothing changes.</param>
/// <param name="LiveBytes">Sum of the live extents.</param>
/// <param name="Bound">No arena can be smaller: LiveBytes, alignment losses, and the dead ends of the outermost buffers.</param>
internal readonly record struct StepLoad(StepIndex Step, ByteCount LiveBytes, ByteCount Bound);

/// <summary>The load of every step at which something changes.</summary>
internal static class LoadProfile
{
    internal static ImmutableArray<StepLoad> Build(ImmutableArray<ArenaBuffer> buffers, LiveSweep sweep)
    {
        var loads = ImmutableArray.CreateBuilder<StepLoad>();
        sweep.Rewind();
        while (sweep.MoveNext())
        {
            var live = 0;
            var granule = int.MaxValue;
            foreach (var i in sweep.Live)
            {
                live += sweep.Hi[i] - sweep.Lo[i];
                granule = Math.Min(granule, buffers[i].Alignment);
            }
            var bound = live;
            if (sweep.Live.Count > 1)
            {
                bound = Math.Max(bound, Bound(buffers, sweep, 1));
                if (granule > 1)
                    bound = Math.Max(bound, Bound(buffers, sweep, granule));
            }
            loads.Add(new StepLoad((StepIndex)sweep.Step, (ByteCount)live, (ByteCount)bound));
        }
        return loads.ToImmutable();
    }

    // All bases are multiples of the granule g. Let r be the largest residue lo mod g and L = lo rounded down. Then
    // base(next) - base(i) >= up(hi_i - lo_next) >= up(hi_i - r) - L_next; summing over the buffers from bottom to top gives
    // total >= sum up(hi - r) - sum L + L_first + (size - up(hi - r))_last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Bound(ImmutableArray<ArenaBuffer> buffers, LiveSweep sweep, int granule)
    {
        var residue = 0;
        if (granule > 1)
        {
            foreach (var i in sweep.Live)
                residue = Math.Max(residue, sweep.Lo[i] & (granule - 1));
        }
        var sum = 0;
        var fronts = new TwoSmallest();
        var backs = new TwoSmallest();
        foreach (var i in sweep.Live)
        {
            var lo = Align.Down(sweep.Lo[i], granule);
            var hi = Align.Up(sweep.Hi[i] - residue, granule);
            sum += hi - lo;
            fronts.Add(i, lo);
            backs.Add(i, buffers[i].Size.Value - hi);
        }
        return sum + TwoSmallest.OfDifferentOwners(fronts, backs);
    }

    private struct TwoSmallest()
    {
        private int _owner = -1;
        private int _first = int.MaxValue;
        private int _second = int.MaxValue;

        internal void Add(int owner, int value)
        {
            if (value < _first)
                (_second, _first, _owner) = (_first, value, owner);
            else if (value < _second)
                _second = value;
        }

        internal static int OfDifferentOwners(TwoSmallest a, TwoSmallest b) =>
            a._owner != b._owner ? a._first + b._first : Math.Min(a._second + b._first, a._first + b._second);
    }
}
