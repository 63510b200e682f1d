using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;
using McuNet.Options;

namespace McuNet.Compiler.Planning;

/// <summary>A point of the Pareto front of schedules.</summary>
/// <param name="ArenaBytes">Planned arena in bytes.</param>
/// <param name="MacFactor">MACs of the schedule over MACs of the network.</param>
/// <param name="Cycles">Estimated cycles of one inference.</param>
/// <param name="Layers">Nodes of the network that runs, bands counted each.</param>
public sealed record ParetoPoint(int ArenaBytes, double MacFactor, double Cycles, int Layers);

/// <summary>A schedule that fits and is faster than the one that was taken, but not by enough for its memory.</summary>
/// <param name="ArenaBytes">Planned arena in bytes.</param>
/// <param name="SavedShare">Of the cycles of the schedule taken.</param>
public sealed record FasterSchedule(int ArenaBytes, double SavedShare);

/// <summary>A network with its schedule, its memory and its kernels on a device: what programs for targets are built from.</summary>
public sealed record CompiledModel
{
    /// <summary>Lower-case C identifier; prefix of everything in the generated C.</summary>
    public required string Name { get; init; }

    /// <summary>The network as it was given: its results are those of the compiled model, bit for bit.</summary>
    public required NetworkGraph Network { get; init; }

    /// <summary>The network as it runs: <see cref="Network"/>, or what it became when segments were cut into bands of columns.</summary>
    public NetworkGraph Graph => Schedule.Graph;

    /// <summary>By node of <see cref="Graph"/>: the node of <see cref="Network"/> that it stands for; several where that is cut into bands;
    /// -1 where bands brought it.</summary>
    public required ImmutableArray<int> Origin { get; init; }

    public required Schedule Schedule { get; init; }

    public required MemoryPlan Memory { get; init; }

    /// <summary>Kernels of the generated C, by node.</summary>
    public required ImmutableArray<KernelCall> Kernels { get; init; }

    /// <summary>The set that <see cref="Kernels"/> are from.</summary>
    public KernelSet KernelSet { get; init; }

    /// <summary>Estimated cycles of one inference on the device.</summary>
    public required double Cycles { get; init; }

    /// <summary>By node: its share of <see cref="Cycles"/>.</summary>
    public required ImmutableArray<double> NodeCycles { get; init; }

    /// <summary>Cycles that an inference would take more without <see cref="MemoryPlan.WeightBytes"/>.</summary>
    public double SavedByMemory { get; init; }

    /// <summary>By node: the same with memory that never waits.</summary>
    public required ImmutableArray<double> IdealNodeCycles { get; init; }

    /// <summary>Estimated cycles of one inference with memory that never waits.</summary>
    public double IdealCycles => IdealNodeCycles.Sum();

    /// <summary>Multiply-accumulates of <see cref="Graph"/> over those of <see cref="Network"/>.</summary>
    public required double MacFactor { get; init; }

    /// <summary>Fastest first.</summary>
    public required ImmutableArray<ParetoPoint> Pareto { get; init; }

    /// <summary>The fastest schedule that fits, where another was taken.</summary>
    public FasterSchedule? Faster { get; init; }

    /// <summary>Name of the arena that the model shares with others that never run at the same time, or null.</summary>
    public string? SharedArena { get; init; }

    /// <summary>The inference cut into pieces, null where it only ever runs as a whole.</summary>
    public InferencePieces? Pieces { get; init; }

    /// <summary>What bytes of pixels stand for at the first input; null where nobody says.</summary>
    public PixelRange? Preprocess { get; init; }

    public WeightStorage WeightStorage { get; init; }

    public KernelLinkage KernelLinkage { get; init; }

    public bool StreamsInput => Schedule.Input == InputMode.Rows;

    /// <summary>How often a streamed input is asked for its rows.</summary>
    public int InputPasses => 1 + Kernels.Count(k => k.IsDelivery);

    /// <summary>Name of what runs when most of the arena lives: a node, or the input that the application delivers.</summary>
    public string PeakAt =>
        Schedule.Steps[Math.Min(Memory.PeakStep, Schedule.Steps.Length - 1)] is { IsInput: false } step
            ? Graph[step.Node].Name
            : Graph.Inputs[0].Name;

    /// <summary>The set of kernels as users write it: fast, compact or portable.</summary>
    public string KernelWord => KernelSet.ToString().ToLowerInvariant();

    /// <summary>
    /// How a segment runs: <c>rows</c>, interleaved row by row; <c>band</c>, the same on a band of columns; <c>layer</c>, one node row by
    /// row;
    /// <c>whole</c>, one node in one call.
    /// </summary>
    public string ModeOf(Segment segment) =>
        IsBanded(segment) ? "band"
        : segment.Nodes > 1 ? "rows"
        : Schedule.IsWhole(segment) ? "whole"
        : "layer";

    /// <summary>Bytes of the buffers that a segment writes.</summary>
    public int BytesOf(Segment segment) =>
        Enumerable.Range(segment.FirstNode, segment.Nodes).Sum(n => Memory.Tensors[Graph.Nodes[n].Output.Value]?.Bytes ?? 0);

    /// <summary>Whether a segment holds part of a band.</summary>
    public bool IsBanded(Segment segment) =>
        Enumerable.Range(segment.FirstNode, segment.Nodes).Any(n => Origin[n] >= 0 && Origin.Count(o => o == Origin[n]) > 1);
}
