using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.Arena;

/// <summary>Where one buffer lies: [Offset, Offset + Size).</summary>
public sealed record ArenaPlacement(BufferId Id, string Name, ByteOffset Offset, ByteCount Size)
{
    public ByteOffset End => Offset + Size;
}

/// <summary>An answer to an <see cref="ArenaProblem"/>.</summary>
/// <remarks>Checked by <see cref="ArenaValidator"/>. Depends on problem and options alone.</remarks>
public sealed record ArenaPlan
{
    /// <summary>One per buffer, in order of id.</summary>
    public required ImmutableArray<ArenaPlacement> Placements { get; init; }

    /// <summary>Bytes of arena: the highest end.</summary>
    public required ByteCount Total { get; init; }

    /// <summary>No valid plan is smaller. At least <see cref="ArenaProblem.LowerBound"/>; the exact search may have raised it.</summary>
    public required ByteCount LowerBound { get; init; }

    public bool ProvedOptimal => Total == LowerBound;

    /// <summary>Effort spent; see <see cref="ArenaOptions.NodeBudget"/>.</summary>
    public required long NodesUsed { get; init; }

    /// <summary>What found the plan.</summary>
    public required string Algorithm { get; init; }

    public required ArenaPeak Peak { get; init; }

    /// <exception cref="ArgumentException">The plan has no such buffer.</exception>
    public ByteOffset OffsetOf(BufferId id)
    {
        var first = 0;
        var end = Placements.Length;
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (Placements[middle].Id.CompareTo(id) < 0)
                first = middle + 1;
            else
                end = middle;
        }
        return first < Placements.Length && Placements[first].Id == id
            ? Placements[first].Offset
            : throw new ArgumentException($"no buffer {id} in the plan", nameof(id));
    }
}
