using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline.Explaining;

/// <summary>Why a schedule was chosen.</summary>
public enum ScheduleReason
{
    /// <summary>It is the fastest, whatever the memory: that was asked for.</summary>
    Fastest,

    /// <summary>It needs the least memory: that was asked for.</summary>
    Smallest,

    /// <summary>It is the fastest that fits the SRAM.</summary>
    FastestThatFits,

    /// <summary>A faster one fits, but not by enough for its memory.</summary>
    LittleSlower,

    /// <summary>Only bands of columns fit.</summary>
    OnlyBandsFit,

    /// <summary>None fits: it is the smallest.</summary>
    NoneFits,
}

/// <summary>A schedule of the front, planned and timed as a compilation does.</summary>
/// <param name="SramBytes">Its arena with the stack that its layers need.</param>
/// <param name="Cycles">On the device.</param>
/// <param name="IsTaken">Whether it is the one that was chosen.</param>
public sealed record ScheduleOption(int ArenaBytes, long SramBytes, double MacFactor, double Cycles, bool Fits, bool IsTaken);

/// <summary>
/// A run of nodes with what it costs, and what two other ways would. Costs are those of the search: bytes with all that waits, cycles of
/// the yardstick core.
/// </summary>
/// <param name="Nodes">Indices [First, End) of nodes.</param>
/// <param name="Mode">As <see cref="CompiledModel.ModeOf"/>.</param>
/// <param name="LiveBytes">Most bytes of the arena that live while it runs, without weights that are kept where room is left.</param>
/// <param name="Cost">As it is.</param>
/// <param name="Apart">Its nodes one after the other, each to its end, in one call where that is possible; null of a single one.</param>
/// <param name="WithNext">Its nodes and those of the next segment in turns, row by row; null of the last.</param>
public sealed record SegmentExplanation(
    int First,
    int End,
    string Mode,
    ImmutableArray<int> Blocks,
    int LiveBytes,
    SegmentCost Cost,
    SegmentCost? Apart,
    SegmentCost? WithNext
);

/// <summary>Something that lives in the arena at its fullest moment.</summary>
/// <param name="Tensor">Null where it is scratch, accumulators or constants.</param>
/// <param name="Slots">Rows for which its buffer has room; 0 without a tensor.</param>
/// <param name="WrittenBy">Name of the node; null of an input, and without a tensor.</param>
/// <param name="ReadBy">Names of the nodes that read it.</param>
public sealed record LiveBuffer(
    string Name,
    int Bytes,
    TensorType? Tensor,
    int Slots,
    bool IsRing,
    string? WrittenBy,
    ImmutableArray<string> ReadBy
);

/// <summary>A node with its kernel, its cost and where its output lies.</summary>
/// <param name="Cycles">Of one inference on the device.</param>
/// <param name="Segment">Index of its segment.</param>
/// <param name="Chosen">The kernel that its steps call.</param>
/// <param name="ChosenRows">Most output rows of one of its steps.</param>
/// <param name="Candidates">Every kernel of its operator.</param>
public sealed record NodeExplanation(
    int Index,
    string Name,
    string Kind,
    NodeTypes Types,
    long Macs,
    double Cycles,
    int Segment,
    string Chosen,
    int ChosenRows,
    int ScratchBytes,
    int TableBytes,
    int Slots,
    bool IsRing,
    ImmutableArray<KernelCandidate> Candidates
)
{
    /// <summary>Whether a candidate is the kernel that the node has.</summary>
    public bool IsTaken(KernelCandidate candidate) =>
        candidate is { Verdict: KernelVerdict.Able } && candidate.Function == Chosen && candidate.Rows == ChosenRows;
}

/// <summary>Why a compiled model is what it is.</summary>
/// <param name="Passed">A faster schedule that fits and was not taken.</param>
/// <param name="PeakAt">Name of the node, or of the input, during which most bytes live.</param>
/// <param name="Memory">The arena, and what is known of smaller ones.</param>
/// <param name="Larger">The next schedule with more memory; null where there is none.</param>
/// <param name="Smaller">The next with less.</param>
public sealed record Explanation(
    Device Device,
    Requirements Needs,
    ScheduleReason Reason,
    FasterSchedule? Passed,
    ImmutableArray<ScheduleOption> Schedules,
    ScheduleOption? Larger,
    ScheduleOption? Smaller,
    ImmutableArray<SegmentExplanation> Segments,
    string PeakAt,
    MemoryPlan Memory,
    ImmutableArray<LiveBuffer> Peak,
    ImmutableArray<NodeExplanation> Nodes
);
