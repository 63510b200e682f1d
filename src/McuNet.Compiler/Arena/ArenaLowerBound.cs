using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>The largest of three bounds that cost little: the busiest step, the largest buffer, the worst pair.</summary>
internal static class ArenaLowerBound
{
    internal static ByteCount Of(ImmutableArray<ArenaBuffer> buffers, SeparationMatrix separations, ImmutableArray<StepLoad> loads)
    {
        var bound = 0;
        foreach (var load in loads)
            bound = Math.Max(bound, load.Bound.Value);
        for (var a = 0; a < buffers.Length; a++)
        {
            bound = Math.Max(bound, (buffers[a].FixedOffset?.Value ?? 0) + buffers[a].Size.Value);
            for (var b = a + 1; b < buffers.Length; b++)
            {
                if (separations.Collide(a, b) && !separations.Interleave(a, b))
                    bound = Math.Max(bound, Math.Min(Stack(a, b), Stack(b, a)));
            }
        }
        return (ByteCount)bound;

        int Stack(int lower, int upper) =>
            Math.Max(
                buffers[lower].Size.Value,
                Math.Max(0, Align.Up(separations[lower, upper], buffers[upper].Alignment)) + buffers[upper].Size.Value
            );
    }
}
