using System;
using System.Collections.Immutable;
using System.Numerics;

namespace McuNet.Compiler.Arena;

// An input A of 40 bytes dies at 10 bytes per step; an output B of 20 bytes grows at 5 bytes per step.
//
//   step        A live     B live      hiA - loB    hiB - loA
//     0         [ 0,40)    [0, 5)          40            5
//     1         [10,40)    [0,10)          40            0
//     2         [20,40)    [0,15)          40           -5
//     3         [30,40)    [0,20)          40          -10
//                                        ------       ------
//                               below[A,B] = 40   below[B,A] = 5
//
// B above A needs all of A's 40 bytes between the bases: total 60. B below A needs only 5:
//
//   byte    0    5    10        20        30        40   45
//   step 0  |BBBB|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|
//   step 1  |BBBBBBBBB|    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|
//   step 3  |BBBBBBBBBBBBBBBBBBB|               |AAAAAAAAAA|      total 45
//
// In place is below[B,A] = 0; a negative value lets B start above the base of A and still count as below it.

/// <summary>
/// For every ordered pair, how much higher than A the base of B must be when B is above A: the maximum over the common steps of
/// <c>hiA - loB</c>, rounded up to what the alignments allow. A pair is legal if it satisfies this in either order.
/// </summary>
/// <remarks>Invariant: for a pair with a common step both directions are above <see cref="Never"/> and their sum is positive.</remarks>
internal sealed class SeparationMatrix
{
    /// <summary>At or below this the pair has no step in common.</summary>
    internal const int Never = -(1 << 29);

    private readonly int[] _below;

    private SeparationMatrix(int count, int[] below) => (Count, _below) = (count, below);

    internal int Count { get; }

    internal int this[int lower, int upper] => _below[lower * Count + upper];

    internal bool Collide(int a, int b) => _below[a * Count + b] > Never;

    internal static SeparationMatrix Build(ImmutableArray<ArenaBuffer> buffers, LiveSweep sweep)
    {
        var count = buffers.Length;
        var above = new int[count * count];
        var under = new int[count * count];
        Array.Fill(above, Never);
        Array.Fill(under, Never);
        sweep.Rewind();
        while (sweep.MoveNext())
        {
            foreach (var a in sweep.Changed)
            {
                var (lo, hi) = (sweep.Lo[a], sweep.Hi[a]);
                RaiseTo(above.AsSpan(a * count, count), sweep.Lo, hi, -1);
                RaiseTo(under.AsSpan(a * count, count), sweep.Hi, -lo, +1);
            }
        }
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                var distance = Math.Max(above[a * count + b], under[b * count + a]);
                above[a * count + b] = a == b || distance <= Never
                    ? Never
                    : Align.Up(distance, Math.Min(buffers[a].Alignment, buffers[b].Alignment));
            }
        }
        return new SeparationMatrix(count, above);
    }

    private static void RaiseTo(Span<int> row, ReadOnlySpan<int> values, int constant, int sign)
    {
        var i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var added = new Vector<int>(constant);
            for (; i <= row.Length - Vector<int>.Count; i += Vector<int>.Count)
            {
                var value = new Vector<int>(values[i..]);
                var candidate = sign < 0 ? added - value : added + value;
                Vector.Max(new Vector<int>(row[i..]), candidate).CopyTo(row[i..]);
            }
        }
        for (; i < row.Length; i++)
            row[i] = Math.Max(row[i], constant + sign * values[i]);
    }
}
