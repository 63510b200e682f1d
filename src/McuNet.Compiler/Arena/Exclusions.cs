using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Arena;

// Two rings of two slots in opposite phase:
//
//   step     A live     B live     forbidden base(B) - base(A)
//    0,2     [ 0,10)    [10,20)            (-20,  0)
//    1,3     [10,20)    [ 0,10)            (  0, 20)
//
// -20 and below: B under A. 20 and above: A under B. But 0 is legal as well: the rings interleave in the same 20 bytes.

/// <summary>
/// Differences base(b) - base(a) that are forbidden: the open interval (-WhenUnder, WhenAbove). So b must lie at least WhenAbove above a,
/// or at least WhenUnder below it.
/// </summary>
internal readonly record struct Exclusion(int WhenAbove, int WhenUnder)
{
    internal bool Allows(int difference) => difference >= WhenAbove || -difference >= WhenUnder;
}

/// <summary>The forbidden differences of one pair when they are not a single interval.</summary>
internal static class Exclusions
{
    /// <summary>Disjoint, ascending. Linear in the extents of both, but for a sort.</summary>
    internal static Exclusion[] Between(ArenaBuffer a, ArenaBuffer b)
    {
        var found = new List<(int First, int End)>();
        var (i, j) = (0, 0);
        while (i < a.Extents.Length && j < b.Extents.Length)
        {
            var (ofA, ofB) = (a.Extents[i], b.Extents[j]);
            var together = Math.Max(ofA.FirstStep.Value, ofB.FirstStep.Value) < Math.Min(ofA.EndStep.Value, ofB.EndStep.Value);
            var (first, end) = (ofA.Lo.Value - ofB.Hi.Value + 1, ofA.Hi.Value - ofB.Lo.Value);
            if (together && first < end)
                found.Add((first, end));
            if (ofA.EndStep <= ofB.EndStep)
                i++;
            else
                j++;
        }
        return Merge(found, Math.Min(a.Alignment, b.Alignment));
    }

    // The intervals [First, End) hold whole numbers, so that touching ones leave no room between them.
    private static Exclusion[] Merge(List<(int First, int End)> intervals, int granule)
    {
        intervals.Sort();
        var merged = new List<Exclusion>();
        for (var k = 0; k < intervals.Count; )
        {
            var (first, end) = intervals[k];
            for (k++; k < intervals.Count && intervals[k].First <= end; k++)
                end = Math.Max(end, intervals[k].End);
            merged.Add(new Exclusion(Align.Up(end, granule), Align.Up(1 - first, granule)));
        }
        return [.. merged];
    }
}
