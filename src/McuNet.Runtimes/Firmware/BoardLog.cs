using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Runtimes.Firmware;

/// <summary>What the firmware of <see cref="FirmwareProject"/> said on a board, as read: begun, ended, and no character lost.</summary>
public sealed record BoardLog
{
    public required BoardIdentity Identity { get; init; }

    public required string Core { get; init; }

    /// <summary>Core clock in hertz as the firmware knows it, or null.</summary>
    public required long? ClockHz { get; init; }

    /// <summary>What counted: <c>dwt</c>, <c>systick</c>, or <c>none</c>, whose cycles mean nothing.</summary>
    public required string Counter { get; init; }

    /// <summary>Caches of the core that were on.</summary>
    public required string Caches { get; init; }

    public required string Compiler { get; init; }

    /// <summary>Flags of the generated C.</summary>
    public required string Flags { get; init; }

    public required int Cases { get; init; }

    /// <summary>What hooks between layers cost; zero where the firmware was built without.</summary>
    public required HookCost Hooks { get; init; }

    /// <summary>Cycles of whole inferences, hooks included.</summary>
    public required ImmutableArray<long> Runs { get; init; }

    /// <summary>Layers, inference after inference, hooks included.</summary>
    public required ImmutableArray<LayerRun> Layers { get; init; }

    public required ImmutableArray<WrongOutput> Wrong { get; init; }

    /// <summary>What the runner found before it gave up, by its keys.</summary>
    public required ImmutableArray<(string Key, long Value)> Faults { get; init; }

    /// <summary>Deepest stack of an inference, hooks included.</summary>
    public required int StackBytes { get; init; }

    public required int Status { get; init; }

    public bool Counts => Counter != "none";

    /// <summary>How often an inference calls a pair of hooks.</summary>
    public long HookCalls => Layers.GroupBy(l => l.Layer).Sum(g => g.First().Steps);

    /// <summary>Cycles of an inference without hooks; null where nothing counted.</summary>
    public CycleSpread? Whole => Spread(Runs.Select(c => c - HookCalls * Hooks.Idle));

    /// <summary>The same of one layer; null also where it was not measured.</summary>
    public CycleSpread? Layer(int layer) => Spread(Layers.Where(l => l.Layer == layer).Select(l => l.Cycles - l.Steps * Hooks.Measuring));

    private CycleSpread? Spread(IEnumerable<long> cycles)
    {
        var sorted = cycles.Order().ToArray();
        return Counts && sorted.Length > 0 ? new CycleSpread(sorted[0], sorted[sorted.Length / 2]) : null;
    }
}

/// <summary>Least and median of several measurements, in cycles.</summary>
public sealed record CycleSpread(long Least, long Median);

/// <summary>Cycles that a pair of hooks takes while the whole is measured, and that it adds to each step of a layer.</summary>
public sealed record HookCost(int Idle, int Measuring);

/// <summary>A layer in one inference.</summary>
/// <param name="Steps">How often it was entered.</param>
public sealed record LayerRun(int Layer, long Steps, long Cycles);

/// <summary>The first byte of an output that is not what it should be.</summary>
/// <param name="Byte">Counted over all outputs of the case.</param>
/// <param name="Differ">How many bytes of the output differ.</param>
/// <param name="Layer">The first layer whose result was wrong, or null where none was seen to be.</param>
public sealed record WrongOutput(int Case, int Byte, int Is, int Expected, int Differ, int? Layer);
