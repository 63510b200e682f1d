using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>Something that needs bytes in the arena for a while.</summary>
/// <param name="Id">Unique within the problem.</param>
/// <param name="Name">For messages and reports.</param>
/// <param name="Size">Bytes from base to end; all of them lie in the arena, whether ever live or not.</param>
/// <param name="Alignment">In bytes; the base is a multiple of it. A power of two.</param>
/// <param name="Extents">When which bytes are live: ascending steps, not overlapping, gaps allowed (dead in between).</param>
/// <param name="FixedOffset">Where the base must be, or null for anywhere.</param>
public sealed record ArenaBuffer(
    BufferId Id,
    string Name,
    ByteCount Size,
    int Alignment,
    ImmutableArray<LiveExtent> Extents,
    ByteOffset? FixedOffset = null
)
{
    /// <summary>A buffer all of whose bytes are live in [firstStep, endStep).</summary>
    public static ArenaBuffer Whole(BufferId id, string name, ByteCount size, int alignment, StepIndex firstStep, StepIndex endStep) =>
        new(id, name, size, alignment, [new LiveExtent(firstStep, endStep, default, (ByteOffset)size.Value)]);

    /// <summary>The run that covers a step, or null where the buffer is dead.</summary>
    public LiveExtent? ExtentAt(StepIndex step)
    {
        var first = 0;
        var end = Extents.Length;
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (Extents[middle].EndStep <= step)
                first = middle + 1;
            else
                end = middle;
        }
        return first < Extents.Length && Extents[first].Covers(step) ? Extents[first] : null;
    }
}
