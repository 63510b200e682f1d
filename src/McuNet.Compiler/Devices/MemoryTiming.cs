using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Devices;

/// <summary>
/// How a core reads a memory that may make it wait: wait states by clock, and two paths into it, each with its width, its prefetch and its
/// cache.
/// <code>
/// core --+-- instructions -- [cache] -- prefetch --+-- memory, N wait states for each read
///        +-- data ---------- [cache] --------------+
/// </code>
/// </summary>
/// <remarks>Invariant: <see cref="WaitStates"/> ascend in clock; the caches are whole numbers of sets of lines, and lines of
/// reads.</remarks>
public sealed record MemoryTiming
{
    public required ImmutableArray<WaitStates> WaitStates { get; init; }

    public required MemoryPath Instructions { get; init; }

    public required MemoryPath Data { get; init; }

    /// <summary>Whether data go through the cache of instructions; then <see cref="Data"/> has none of its own.</summary>
    public bool SharedCache { get; init; }

    /// <summary>Wait states of a read at a clock, of the highest row where the clock is beyond all.</summary>
    public int StatesAt(long clockHz) => (WaitStates.FirstOrDefault(w => clockHz <= w.UpToHz) ?? WaitStates[^1]).States;
}

/// <summary>Wait states of a read up to a clock of the core.</summary>
public sealed record WaitStates(long UpToHz, int States);

/// <summary>A path from core to memory.</summary>
public sealed record MemoryPath
{
    /// <summary>Bytes that one read fetches.</summary>
    public required int ReadBytes { get; init; }

    /// <summary>Cycles that a read takes beyond the memory's wait states, such as those of looking it up in a cache that has not got
    /// it.</summary>
    public int ExtraWaitStates { get; init; }

    /// <summary>Whether what follows is fetched while the core works on what it has.</summary>
    public bool Prefetch { get; init; }

    public MemoryCache? Cache { get; init; }
}

/// <summary>A cache that replaces the line used longest ago and fills a line by reads of its path, as they are asked for.</summary>
/// <param name="Ways">Lines of a set; all lines of the cache where any line may hold anything.</param>
public sealed record MemoryCache(int Bytes, int LineBytes, int Ways);

/// <summary>The waiting of a core at its clock: what <see cref="MemoryTiming"/> says, at one clock.</summary>
public sealed record FlashAccess(FlashPath Instructions, FlashPath Data, bool SharedCache)
{
    /// <summary>The cache that holds instructions; null without any.</summary>
    public MemoryCache? InstructionCache => Instructions.Cache;

    /// <summary>The cache that holds constants; null without any.</summary>
    public MemoryCache? DataCache => SharedCache ? Instructions.Cache : Data.Cache;

    public static FlashAccess Of(MemoryTiming timing, long clockHz)
    {
        FlashPath Path(MemoryPath path) => new(timing.StatesAt(clockHz) + path.ExtraWaitStates, path.ReadBytes, path.Prefetch, path.Cache);
        return new(Path(timing.Instructions), Path(timing.Data), timing.SharedCache);
    }

    /// <summary>In a few words, such as <c>5 wait states per 8 bytes, prefetch, 1024 B for instructions, 256 B for data</c>.</summary>
    public override string ToString()
    {
        static string Reads(FlashPath p) => FormattableString.Invariant($"{p.Waits} wait states per {p.ReadBytes} bytes");
        static string Size(MemoryCache? c) => c is null ? "no cache" : FormattableString.Invariant($"{c.Bytes} B");
        var reads =
            Reads(Instructions) == Reads(Data) ? Reads(Instructions) : $"{Reads(Instructions)} of instructions, {Reads(Data)} of data";
        var caches = SharedCache
            ? $"{Size(Instructions.Cache)} for both"
            : $"{Size(Instructions.Cache)} for instructions, {Size(Data.Cache)} for data";
        return $"{reads}{(Instructions.Prefetch ? ", prefetch" : "")}, {caches}";
    }
}

/// <summary>A path at one clock.</summary>
/// <param name="Waits">Cycles of waiting for a read that no cache holds.</param>
public sealed record FlashPath(int Waits, int ReadBytes, bool Prefetch, MemoryCache? Cache);
