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
    /// <summary>Size in bytes of the largest span whose regions all allow <paramref name="use"/>; 0 without any.</summary>
    public static long Largest(ImmutableArray<MemoryRegion> regions, MemoryUses use, Func<MemoryKind, bool> ofKind)
    {
        var candidates = regions.Where(r => r.Uses.HasFlag(use) && ofKind(r.Kind)).ToArray();
        var onChip = candidates.Where(r => r.IsOnChip).ToArray();
        return Sizes(onChip.Length > 0 ? onChip : candidates).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<long> Sizes(IReadOnlyCollection<MemoryRegion> regions)
    {
        foreach (var region in regions.Where(r => r.Address is null))
            yield return region.Bytes;

        long size = 0;
        long? end = null;
        foreach (var region in regions.Where(r => r.Address is not null).OrderBy(r => r.Address))
        {
            size = region.Address == end ? size + region.Bytes : region.Bytes;
            end = region.End;
            yield return size;
        }
    }
}
