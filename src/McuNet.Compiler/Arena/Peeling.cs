using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Arena;

// A buffer of 8 bytes, aligned to 4, in an arena of 32: it has 7 possible bases (0, 4 ... 24). Its neighbours forbid 2, 1 and 3 of
// them wherever they lie, 6 together. So one place is always left, and the buffer can be put aside until the others are placed.
// Putting it aside may do the same for its neighbours, and so on until a kernel around the busiest steps is left.

/// <summary>Finds buffers that cannot make a packing larger.</summary>
internal static class Peeling
{
    /// <summary>
    /// The order in which buffers can be put aside: first those easy within <paramref name="total"/> bytes, each time the one with most
    /// places to spare. Fixed buffers come last. Placing in the reverse order, an easy buffer always finds its place.
    /// </summary>
    internal static int[] Order(Packing packing, int total) => Run(packing, total, stopAtKernel: false);

    /// <summary>The easy buffers only, in the order in which they can be put aside; what is left is the kernel.</summary>
    internal static int[] EasyBuffers(Packing packing, int total) => Run(packing, total, stopAtKernel: true);

    private static int[] Run(Packing packing, int total, bool stopAtKernel)
    {
        var spare = new int[packing.Count];
        for (var i = 0; i < spare.Length; i++)
        {
            spare[i] = Math.Max(0, total - packing.Size[i]) / packing.Alignment[i] + 1;
            foreach (var neighbour in packing.NeighboursOf(i))
                spare[i] -= PlacesForbiddenBy(packing, i, neighbour);
        }
        var order = new List<int>(packing.Count);
        var removed = new bool[packing.Count];
        while (order.Count < packing.Count)
        {
            var next = MostSpare(packing, spare, removed);
            if (stopAtKernel && (packing.Fixed[next] >= 0 || spare[next] <= 0))
                break;
            removed[next] = true;
            order.Add(next);
            foreach (var neighbour in packing.NeighboursOf(next))
            {
                var mirrored = new Neighbour(next, neighbour.WhenAbove, neighbour.WhenUnder);
                spare[neighbour.Other] += PlacesForbiddenBy(packing, neighbour.Other, mirrored);
            }
        }
        return [.. order];
    }

    private static int MostSpare(Packing packing, int[] spare, bool[] removed)
    {
        var (best, bestSpare) = (-1, long.MinValue);
        for (var i = 0; i < spare.Length; i++)
        {
            var bytes = packing.Fixed[i] >= 0 ? long.MinValue + 1 : (long)spare[i] * packing.Alignment[i];
            if (!removed[i] && bytes > bestSpare)
                (best, bestSpare) = (i, bytes);
        }
        return best;
    }

    // Aligned positions in the open interval (at - WhenAbove, at + WhenUnder), at worst over where the neighbour lies.
    private static int PlacesForbiddenBy(Packing packing, int buffer, Neighbour neighbour)
    {
        var alignment = packing.Alignment[buffer];
        return packing.Alignment[neighbour.Other] >= alignment
            ? Align.CeilingDivide(neighbour.WhenUnder, alignment) + Align.CeilingDivide(neighbour.WhenAbove, alignment) - 1
            : Align.CeilingDivide(neighbour.WhenUnder + neighbour.WhenAbove - 1, alignment);
    }
}
