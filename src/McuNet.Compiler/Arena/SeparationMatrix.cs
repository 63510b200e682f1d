using System;
using System.Collections.Generic;
using System.Collections.Immutable;

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
/// For every ordered pair, how much higher than A the base of B must be to lie above A at all common steps: the maximum over the steps
/// of <c>hiA - loB</c>, rounded up to what the alignments allow. Where two buffers can also interleave (above at one step, below at
/// another), <see cref="Between"/> has the exact answer.
/// </summary>
/// <remarks>Invariant: for a pair with a common step both directions are above <see cref="Never"/> and their sum is positive.</remarks>
internal sealed class SeparationMatrix
{
    /// <summary>At or below this the pair has no step in common.</summary>
    internal const int Never = -(1 << 29);

    private readonly int[] _below;
    private readonly Dictionary<(int A, int B), Exclusion[]> _interleaved = [];

    private SeparationMatrix(int count, int[] below) => (Count, _below) = (count, below);

    internal int Count { get; }

    internal int this[int lower, int upper] => _below[lower * Count + upper];

    internal bool Collide(int a, int b) => _below[a * Count + b] > Never;

    internal bool Interleave(int a, int b) => _interleaved.Count > 0 && _interleaved.ContainsKey((a, b));

    /// <summary>Which differences base(b) - base(a) are forbidden; more than one interval where the two can interleave.</summary>
    internal ReadOnlySpan<Exclusion> Between(int a, int b) =>
        Interleave(a, b) ? _interleaved[(a, b)]
        : Collide(a, b) ? new Exclusion[] { new(this[a, b], this[b, a]) }
        : [];

    internal static SeparationMatrix Build(ImmutableArray<ArenaBuffer> buffers, LiveSweep sweep)
    {
        var count = buffers.Length;
        var extremes = new PairExtremes(count);
        sweep.Rewind();
        while (sweep.MoveNext())
        {
            foreach (var a in sweep.Changed)
                extremes.Update(a, sweep);
        }
        var below = new int[count * count];
        Array.Fill(below, Never);
        var matrix = new SeparationMatrix(count, below);
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                if (a == b || extremes.Most(a, b) <= Never)
                    continue;
                below[a * count + b] = Align.Up(extremes.Most(a, b), Math.Min(buffers[a].Alignment, buffers[b].Alignment));
                // With a point common to the forbidden intervals of all steps, their union has no hole.
                if (extremes.Least(a, b) + extremes.Least(b, a) <= 0)
                    matrix._interleaved.Add((a, b), Exclusions.Between(buffers[a], buffers[b]));
            }
        }
        return matrix;
    }
}
