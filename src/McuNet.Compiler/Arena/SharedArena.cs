using System.Collections.Generic;

namespace McuNet.Compiler.Arena;

/// <summary>One arena for several models that never run at the same time: each model's plan starts at its first byte.</summary>
public static class SharedArena
{
    /// <param name="arenas">What each model needs for itself.</param>
    public static ByteCount TotalOf(IEnumerable<ByteCount> arenas)
    {
        var total = ByteCount.Zero;
        foreach (var arena in arenas)
            total = ByteCount.Max(total, arena);
        return total;
    }
}
