using System.Collections.Immutable;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Whether a kernel of the table can compute a layer on a target, or the first thing that keeps it from doing so.</summary>
public enum KernelVerdict
{
    Able,

    /// <summary>The core lacks <see cref="KernelCandidate.Missing"/>.</summary>
    OtherCore,

    /// <summary>The kernel set leaves it out.</summary>
    OtherSet,

    /// <summary>It reads or writes other types.</summary>
    OtherTypes,

    /// <summary>It is made for layers of other shapes or attributes; <see cref="KernelCandidate.Conditions"/> says which where that is
    /// known.</summary>
    OtherShape,

    /// <summary>Its number formats or its parameter fields do not hold the constants of the layer.</summary>
    OtherNumbers,

    /// <summary>It stands in where no other kernel for the same features can compute the layer, and one can.</summary>
    Fallback,
}

/// <summary>One thing about a layer that would have to be another for a kernel to compute it.</summary>
/// <param name="Property">What of the layer, such as <c>kernel</c>.</param>
/// <param name="Here">What it is.</param>
/// <param name="Wanted">What it would have to be.</param>
public sealed record ShapeCondition(string Property, string Here, string Wanted);

/// <summary>A row of the kernel table beside a layer.</summary>
/// <param name="Rows">Most output rows of one step.</param>
/// <param name="Cycles">Estimated cycles of the whole layer on the yardstick core, called once for each step, waiting for flash included,
/// as a function that several layers call; null where it is not able.</param>
public sealed record KernelCandidate(string Function, int Rows, KernelVerdict Verdict, double? Cycles)
{
    public DeviceFeatures Missing { get; init; }

    /// <summary>A few things that would together make the kernel apply; none where none were found.</summary>
    public ImmutableArray<ShapeCondition> Conditions { get; init; } = [];

    /// <summary>Cycles for each multiply-accumulate: of the layer, or of the one that <see cref="Conditions"/> make of it; null where that
    /// is unknown, or has larger windows.</summary>
    public double? CyclesPerMac { get; init; }

    /// <summary>What is left of the cycles where this layer alone calls the kernel.</summary>
    public double AloneShare { get; init; } = 1;

    /// <summary>With the cycles that it takes as a part of this layer's function.</summary>
    public KernelCandidate Alone() => this with { Cycles = AloneShare * Cycles, CyclesPerMac = AloneShare * CyclesPerMac, AloneShare = 1 };

    /// <summary>Bytes of scratch of one step; 0 where it is not able.</summary>
    public int ScratchBytes { get; init; }
}
