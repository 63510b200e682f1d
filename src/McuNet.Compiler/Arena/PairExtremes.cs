using System;
using System.Numerics;

namespace McuNet.Compiler.Arena;

/// <summary>Maximum and minimum over all common steps of <c>hiA - loB</c>, for every ordered pair, row by row with vector instructions.</summary>
/// <remarks>Invariant: a pair without common step has a maximum of at most <see cref="SeparationMatrix.Never"/>.</remarks>
internal sealed class PairExtremes
{
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
        var (lo, hi) = (sweep.Lo[a], sweep.Hi[a]);
        var (first, count) = (a * _count, _count);
        Widen(_mostAbove.AsSpan(first, count), _leastAbove.AsSpan(first, count), sweep.NegativeLo, hi);
        Widen(_mostUnder.AsSpan(first, count), _leastUnder.AsSpan(first, count), sweep.Hi, -lo);
    }

    // A dead buffer is -Far in values: never a maximum, and to be left out of the minimum.
    private static void Widen(Span<int> most, Span<int> least, ReadOnlySpan<int> values, int constant)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var added = new Vector<int>(constant);
            var dead = new Vector<int>(-LiveSweep.Far);
            for (; i <= most.Length - Vector<int>.Count; i += Vector<int>.Count)
            {
                var value = new Vector<int>(values[i..]);
                var sum = added + value;
                var oldLeast = new Vector<int>(least[i..]);
                Vector.Max(new Vector<int>(most[i..]), sum).CopyTo(most[i..]);
                Vector.ConditionalSelect(Vector.Equals(value, dead), oldLeast, Vector.Min(oldLeast, sum)).CopyTo(least[i..]);
            }
        }
        for (; i < most.Length; i++)
        {
            most[i] = Math.Max(most[i], constant + values[i]);
            if (values[i] != -LiveSweep.Far)
                least[i] = Math.Min(least[i], constant + values[i]);
        }
    }
}
