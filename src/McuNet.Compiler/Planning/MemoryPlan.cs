using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>Where a tensor's rows lie: row y at Offset + (y mod Slots) * RowBytes.</summary>
/// <param name="IsRing">Fewer slots than rows.</param>
public sealed record PlacedTensor(TensorId Tensor, int Offset, int RowBytes, int Slots, bool IsRing)
{
    public int Bytes => RowBytes * Slots;

    public int End => Offset + Bytes;
}

/// <summary>What a buffer of the arena holds.</summary>
public enum BufferKind
{
    Tensor,
    Accumulators,
    Scratch,

    /// <summary>Weights that are kept where room is left.</summary>
    Weights,
}

/// <summary>A buffer of the arena, and which of its bytes live when, relative to its offset.</summary>
/// <param name="Tensor">The one that it holds; null of another kind.</param>
public sealed record PlacedBuffer(string Name, BufferKind Kind, TensorId? Tensor, int Offset, ImmutableArray<LiveBytes> Live);

/// <summary>Bytes of the arena that are copied to another place of it, which does not overlap theirs.</summary>
public sealed record ByteCopy(int From, int To, int Bytes);

/// <summary>A named share of the arena at its fullest moment, in bytes.</summary>
/// <param name="Tensor">The one that it holds; null of scratch and accumulators.</param>
public sealed record PeakShare(string Name, TensorId? Tensor, int Bytes);

/// <summary>The arena: an offset for everything that lives in it.</summary>
public sealed record MemoryPlan
{
    /// <summary>Size of the arena in bytes.</summary>
    public required int ArenaBytes { get; init; }

    /// <summary>Bytes at its end that the schedule does not need and only weights use, so that they are not read from flash again and
    /// again.</summary>
    public int WeightBytes { get; init; }

    /// <summary>By tensor id; null for a tensor that is never written.</summary>
    public required ImmutableArray<PlacedTensor?> Tensors { get; init; }

    /// <summary>All that lives in the arena: tensors, accumulators, scratch, weights.</summary>
    public required ImmutableArray<PlacedBuffer> Buffers { get; init; }

    /// <summary>Offset of the scratch memory that all kernels share; meaningless without scratch.</summary>
    public required int ScratchOffset { get; init; }

    public required int ScratchBytes { get; init; }

    /// <summary>By node: offset of its accumulators, -1 without.</summary>
    public required ImmutableArray<int> StateOffsets { get; init; }

    /// <summary>
    /// What an inference does last: the ends of states whose begins live on while they appear are copied there. The others lie where their
    /// begins lay.
    /// </summary>
    public ImmutableArray<ByteCopy> StateCopies { get; init; } = [];

    /// <summary>No smaller arena exists for this schedule.</summary>
    public required bool ProvedOptimal { get; init; }

    /// <summary>No arena for this schedule can be smaller than this, in bytes.</summary>
    public required int LowerBound { get; init; }

    /// <summary>The step of the schedule at which most bytes live.</summary>
    public required int PeakStep { get; init; }

    /// <summary>What lives there, largest first.</summary>
    public required ImmutableArray<PeakShare> AtPeak { get; init; }
}
