using System;
using System.Numerics;

namespace McuNet.Compiler.Arena;

/// <summary>Maximum and minimum over all common steps of <c>hiA - loB</c>, for every ordered pair.</summary>
/// <remarks>Invariant: a pair without common step has a maximum of at most <see cref="SeparationMatrix.Never"/>.</remarks>
internal sealed class PairExtremes
{
    private const int SparseFactor = 6;

    private readonly int _count;
    private readonly int[] _mostAbove;
    private readonly int[] _mostUnder;
    private readonly int[] _leastAbove;
    private readonly int[] _leastUnder;

    internal PairExtremes(int count)
    {
        _count = count;
        (_mostAbove, _mostUnder) = (new int[count * count], new int[count * count]);
        (_leastAbove, _leastUnder) = (new int[count * count], new int[count * count]);
        Array.Fill(_mostAbove, SeparationMatrix.Never);
        Array.Fill(_mostUnder, SeparationMatrix.Never);
        Array.Fill(_leastAbove, LiveSweep.Far);
        Array.Fill(_leastUnder, LiveSweep.Far);
    }

    internal int Most(int a, int b) => Math.Max(_mostAbove[a * _count + b], _mostUnder[b * _count + a]);

    internal int Least(int a, int b) => Math.Min(_leastAbove[a * _count + b], _leastUnder[b * _count + a]);

    /// <summary>Takes in buffer <paramref name="a"/>, which just changed, against all that live now.</summary>
    internal void Update(int a, LiveSweep sweep)
    {
        var row = a * _count;
        if (sweep.Live.Count * SparseFactor < _count)
        {
            foreach (var b in sweep.Live)
                Widen(row + b, sweep.Hi[a] - sweep.Lo[b], sweep.Hi[b] - sweep.Lo[a]);
            return;
        }
        var b0 = 0;
        for (; b0 <= _count - Vector<int>.Count; b0 += Vector<int>.Count)
        {
            var dead = Vector.Equals(Vector.LoadUnsafe(ref sweep.Hi[b0]), new Vector<int>(-LiveSweep.Far));
            var above = new Vector<int>(sweep.Hi[a]) + Vector.LoadUnsafe(ref sweep.NegativeLo[b0]);
            var under = new Vector<int>(sweep.NegativeLo[a]) + Vector.LoadUnsafe(ref sweep.Hi[b0]);
            Widen(ref _mostAbove[row + b0], ref _leastAbove[row + b0], above, dead);
            Widen(ref _mostUnder[row + b0], ref _leastUnder[row + b0], under, dead);
        }
        for (; b0 < _count; b0++)
        {
            if (sweep.Hi[b0] != -LiveSweep.Far)
                Widen(row + b0, sweep.Hi[a] - sweep.Lo[b0], sweep.Hi[b0] - sweep.Lo[a]);
        }
    }

    private void Widen(int cell, int above, int under)
    {
        _mostAbove[cell] = Math.Max(_mostAbove[cell], above);
        _mostUnder[cell] = Math.Max(_mostUnder[cell], under);
        _leastAbove[cell] = Math.Min(_leastAbove[cell], above);
        _leastUnder[cell] = Math.Min(_leastUnder[cell], under);
    }

    // A dead buffer is far below: never a maximum, and left out of the minimum.
    private static void Widen(ref int most, ref int least, Vector<int> value, Vector<int> dead)
    {
        var oldLeast = Vector.LoadUnsafe(ref least);
        Vector.Max(Vector.LoadUnsafe(ref most), value).StoreUnsafe(ref most);
        Vector.ConditionalSelect(dead, oldLeast, Vector.Min(oldLeast, value)).StoreUnsafe(ref least);
    }
}
