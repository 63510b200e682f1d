using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Runtimes.Qemu;

/// <summary>Work counted by the plugin.</summary>
/// <param name="Cycles">By the Cortex-M4 instruction timing table with memory that never waits; null on other cores.</param>
public sealed record WorkCount(long Instructions, long? Cycles)
{
    /// <summary>What the core waits for the device's flash on top; null where memory counts as ideal.</summary>
    public WaitCount? Waits { get; init; }

    /// <summary>Cycles with the device's flash and caches; null without either count.</summary>
    public long? DeviceCycles => Cycles + Waits?.Cycles;
}

/// <summary>Cycles of waiting for flash: for instructions, and for what they load.</summary>
public sealed record WaitCount(long Fetch, long Data)
{
    public long Cycles => Fetch + Data;
}

/// <summary>Work of one operator in one inference, its calls into the runtime library included.</summary>
/// <param name="Steps">How often the model entered it; an operator that runs row by row enters once per step.</param>
public sealed record OperatorWork(int Operator, long Steps, WorkCount Work);

/// <summary>What a model gave on a board.</summary>
public sealed record QemuRun
{
    public required QemuBoard Board { get; init; }

    /// <summary>Compiler flags of the model, as measured.</summary>
    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>Output bytes by case, then by output, in the model's own layout.</summary>
    public required ImmutableArray<ImmutableArray<byte[]>> Outputs { get; init; }

    /// <summary>Work of each inference, by case; empty where it was not asked for or the plugin is not available.</summary>
    public required ImmutableArray<WorkCount> Inferences { get; init; }

    /// <summary>Work by operator in the first case, by operator index; empty where it was not asked for.</summary>
    public required ImmutableArray<OperatorWork> Operators { get; init; }

    /// <summary>Deepest stack of invoke and what it called over all cases, bytes, as a pattern on the stack showed; at most the bound of
    /// <see cref="Stack"/>.</summary>
    public required int StackBytes { get; init; }

    public required StackEstimate Stack { get; init; }

    public required CodeSizes Sizes { get; init; }

    /// <summary>Work of the costliest inference, or null.</summary>
    public WorkCount? Worst => Inferences.MaxBy(w => w.Cycles ?? w.Instructions);
}
