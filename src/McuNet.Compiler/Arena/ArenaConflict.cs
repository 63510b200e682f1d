using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Arena;

/// <summary>Why an arena does not fit.</summary>
public enum ArenaConflictKind
{
    /// <summary>The buffers named hold more live bytes at one step than the budget has. No placement can help.</summary>
    LiveBytes,

    /// <summary>No step holds more live bytes than the budget, but it is proved that no placement of all buffers fits.</summary>
    ProvedPackingGap,

    /// <summary>No step holds more live bytes than the budget, and no placement that fits was found; there may be one.</summary>
    PackingGap,
}

/// <summary>The smallest set of buffers that explains why a plan exceeds a budget.</summary>
/// <param name="Kind">Whether the bytes themselves or their placement are the cause.</param>
/// <param name="Step">Where the buffers collide; for a packing gap, the peak step.</param>
/// <param name="Buffers">Fewest possible, largest live extent first; for a packing gap, all that live at the peak step.</param>
/// <param name="LiveBytes">Live bytes of <paramref name="Buffers"/> at <paramref name="Step"/>.</param>
/// <param name="Excess">How far the total is above the budget.</param>
public sealed record ArenaConflict(
    ArenaConflictKind Kind,
    StepIndex Step,
    ImmutableArray<LiveBuffer> Buffers,
    ByteCount LiveBytes,
    ByteCount Excess
)
{
    /// <summary>Null when the plan fits.</summary>
    public static ArenaConflict? Find(ArenaProblem problem, ArenaPlan plan, ByteCount budget)
    {
        if (plan.Total <= budget)
            return null;
        var excess = new ByteCount((plan.Total - budget).Value);
        ArenaConflict? smallest = null;
        foreach (var load in problem.Loads)
        {
            if (load.LiveBytes <= budget)
                continue;
            var buffers = FewestAbove(problem.LiveAt(load.Step), budget);
            var conflict = new ArenaConflict(ArenaConflictKind.LiveBytes, load.Step, buffers, Sum(buffers), excess);
            if (smallest is null || IsBetter(conflict, smallest))
                smallest = conflict;
        }
        return smallest ?? OfPacking(plan, budget, excess);
    }

    private static bool IsBetter(ArenaConflict a, ArenaConflict b) =>
        a.Buffers.Length != b.Buffers.Length ? a.Buffers.Length < b.Buffers.Length : a.LiveBytes > b.LiveBytes;

    private static ArenaConflict OfPacking(ArenaPlan plan, ByteCount budget, ByteCount excess)
    {
        var kind = plan.LowerBound > budget ? ArenaConflictKind.ProvedPackingGap : ArenaConflictKind.PackingGap;
        return new ArenaConflict(kind, plan.Peak.Step, plan.Peak.Buffers, plan.Peak.LiveBytes, excess);
    }

    private static ImmutableArray<LiveBuffer> FewestAbove(ImmutableArray<LiveBuffer> largestFirst, ByteCount budget)
    {
        var sum = ByteCount.Zero;
        var count = 0;
        while (sum <= budget)
            sum += largestFirst[count++].Live;
        return largestFirst[..count];
    }

    private static ByteCount Sum(ImmutableArray<LiveBuffer> buffers) => new(buffers.Sum(b => b.Live.Value));
}
