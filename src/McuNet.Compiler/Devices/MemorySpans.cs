using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Devices;

/// <summary>
/// Joins regions that touch, because one static buffer may lie across them:
/// <code>
/// STM32F746   0x20000000 DTCM 64K | 0x20010000 SRAM1 240K | 0x2004C000 SRAM2 16K   -> one span of 320K
/// STM32H743   0x20000000 DTCM 128K  gap  0x24000000 AXI SRAM 512K  gap  ...        -> largest span 512K
/// </code>
/// On-chip memory goes before memory on the board: the latter counts only where there is no other.
/// </summary>
internal static class MemorySpans
{
    /// <summary>The largest span whose regions all allow <paramref name="use"/>; null without any.</summary>
    public static MemorySpan? Largest(ImmutableArray<MemoryRegion> regions, MemoryUses use, Func<MemoryKind, bool> ofKind)
    {
        var candidates = regions.Where(r => r.Uses.HasFlag(use) && ofKind(r.Kind)).ToArray();
        var onChip = candidates.Where(r => r.IsOnChip).ToArray();
        return Spans(onChip.Length > 0 ? onChip : candidates).MaxBy(s => s.Bytes);
    }

    private static IEnumerable<MemorySpan> Spans(IReadOnlyCollection<MemoryRegion> regions)
    {
        foreach (var region in regions.Where(r => r.Address is null))
            yield return new MemorySpan(null, region.Bytes);

        MemorySpan? span = null;
        foreach (var region in regions.Where(r => r.Address is not null).OrderBy(r => r.Address))
        {
            span =
                span is not null && region.Address == span.End
                    ? span with
                    {
                        Bytes = span.Bytes + region.Bytes,
                    }
                    : new MemorySpan(region.Address, region.Bytes);
            yield return span;
        }
    }
}

/// <summary>A stretch of a device's address space.</summary>
/// <param name="Address">Null where it is not known or not fixed.</param>
public sealed record MemorySpan(long? Address, long Bytes)
{
    /// <summary>The first address behind it, or null.</summary>
    public long? End => Address + Bytes;
}
