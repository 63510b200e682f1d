using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Planning;

/// <summary>A point of the Pareto front of schedules.</summary>
/// <param name="ArenaBytes">Planned arena in bytes.</param>
/// <param name="MacFactor">MACs of the schedule over MACs of the network.</param>
/// <param name="Cycles">Estimated cycles of one inference.</param>
public sealed record ParetoPoint(int ArenaBytes, double MacFactor, double Cycles);

/// <summary>Everything that the emitters need; they decide nothing.</summary>
public sealed record CompiledModel
{
    /// <summary>Lower-case C identifier; prefix of everything in the generated C.</summary>
    public required string Name { get; init; }

    public required NetworkGraph Graph { get; init; }

    public required Schedule Schedule { get; init; }

    public required MemoryPlan Memory { get; init; }

    /// <summary>Kernels of the generated C, by node.</summary>
    public required ImmutableArray<KernelCall> Kernels { get; init; }

    /// <summary>Portable kernels of the generated C#, by node.</summary>
    public required ImmutableArray<KernelCall> ManagedKernels { get; init; }

    /// <summary>Estimated cycles of one inference on the device.</summary>
    public required double Cycles { get; init; }

    /// <summary>By node: its share of <see cref="Cycles"/>.</summary>
    public required ImmutableArray<double> NodeCycles { get; init; }

    public required double MacFactor { get; init; }

    /// <summary>Fastest first.</summary>
    public required ImmutableArray<ParetoPoint> Pareto { get; init; }

    /// <summary>Name of the arena that the model shares with others that never run at the same time, or null.</summary>
    public string? SharedArena { get; init; }

    public bool StreamsInput => Schedule.Input == InputMode.Rows;
}
