using System.Collections.Generic;

namespace McuNet.Compiler.Arena;

/// <summary>One arena for several models that never run at the same time: each plan starts at its first byte.</summary>
public static class SharedArena
{
    public static ByteCount TotalOf(IEnumerable<ArenaPlan> plans)
    {
        var total = ByteCount.Zero;
        foreach (var plan in plans)
            total = ByteCount.Max(total, plan.Total);
        return total;
    }
}
