using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>One row of the table of greedy algorithms: an order of placement, given the lower bound, and which gap to take.</summary>
internal sealed record GreedyOrder(string Name, GapRule Gap, Func<Packing, int, int[]> Order);

/// <summary>The table; each row finds the best plan of all for some networks. Ties in an order are broken by index, which is by
/// id.</summary>
internal static class GreedyOrders
{
    internal static readonly ImmutableArray<GreedyOrder> Table =
    [
        new("hardest first, lowest gap", GapRule.Lowest, (p, bound) => [.. Peeling.Order(p, bound).Reverse()]),
        new("largest first, lowest gap", GapRule.Lowest, (p, _) => Descending(p, i => p.Size[i])),
        new("first step, lowest gap", GapRule.Lowest, (p, _) => Descending(p, i => -FirstStep(p, i))),
        new("last step, lowest gap", GapRule.Lowest, (p, _) => Descending(p, i => EndStep(p, i))),
        new("most conflict, lowest gap", GapRule.Lowest, (p, _) => Descending(p, i => Conflict(p, i))),
        new("longest lived, lowest gap", GapRule.Lowest, (p, _) => Descending(p, i => EndStep(p, i) - FirstStep(p, i))),
        new("largest area, tightest gap", GapRule.Tightest, (p, _) => Descending(p, i => (EndStep(p, i) - FirstStep(p, i)) * p.Size[i])),
        new("hardest first, outermost gap", GapRule.Outermost, (p, bound) => [.. Peeling.Order(p, bound).Reverse()]),
        new("first step, outermost gap", GapRule.Outermost, (p, _) => Descending(p, i => -FirstStep(p, i))),
    ];

    private static int[] Descending(Packing packing, Func<int, long> key)
    {
        var order = Packing.Sequence(packing.Count);
        var keys = Array.ConvertAll(order, i => (-key(i), i));
        Array.Sort(keys, order);
        return order;
    }

    private static long FirstStep(Packing packing, int buffer)
    {
        var extents = packing.Buffer(buffer).Extents;
        return extents.IsEmpty ? 0 : extents[0].FirstStep.Value;
    }

    private static long EndStep(Packing packing, int buffer)
    {
        var extents = packing.Buffer(buffer).Extents;
        return extents.IsEmpty ? 0 : extents[^1].EndStep.Value;
    }

    private static long Conflict(Packing packing, int buffer)
    {
        var sum = 0L;
        foreach (var neighbour in packing.NeighboursOf(buffer))
            sum += neighbour.WhenUnder + (long)neighbour.WhenAbove;
        return sum;
    }
}
