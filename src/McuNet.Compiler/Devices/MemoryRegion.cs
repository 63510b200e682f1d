using System;

namespace McuNet.Compiler.Devices;

/// <summary>What a memory region is made of and where it sits.</summary>
public enum MemoryKind
{
    /// <summary>On-chip SRAM on a bus.</summary>
    Ram,

    /// <summary>On-chip SRAM tightly coupled to the core: no wait states, often not reachable by DMA.</summary>
    Tcm,

    /// <summary>On-chip non-volatile memory (flash, RRAM, MRAM) that is mapped into the address space.</summary>
    Flash,

    /// <summary>RAM on the board (SDRAM, PSRAM).</summary>
    ExternalRam,

    /// <summary>Mapped non-volatile memory on the board (QSPI, OctoSPI), executed in place.</summary>
    ExternalFlash,
}

/// <summary>What the compiler may put into a region.</summary>
[Flags]
public enum MemoryUses
{
    None = 0,

    /// <summary>Activations: the static arena.</summary>
    Arena = 1 << 0,

    /// <summary>Constants: weights, biases, tables.</summary>
    Weights = 1 << 1,
}

/// <summary>A contiguous piece of a device's address space.</summary>
/// <remarks>Invariant: <see cref="Bytes"/> is positive, and a region with an address ends within 32 bits.</remarks>
public sealed record MemoryRegion
{
    /// <summary>The data sheet's name, such as <c>SRAM1</c>.</summary>
    public required string Name { get; init; }

    public required MemoryKind Kind { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>First address, or null where it is not known or not fixed.</summary>
    public long? Address { get; init; }

    public required MemoryUses Uses { get; init; }

    /// <summary>Wait states, caching and restrictions, for the reader.</summary>
    public required string Access { get; init; }

    /// <summary>When a core that reads it waits; null where that is not known.</summary>
    public MemoryTiming? Timing { get; init; }

    /// <summary>Whether the memory is on the chip.</summary>
    public bool IsOnChip => Kind is MemoryKind.Ram or MemoryKind.Tcm or MemoryKind.Flash;

    /// <summary>The first address behind the region, or null.</summary>
    public long? End => Address + Bytes;
}
