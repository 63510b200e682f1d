namespace McuNet.Manifest;

/// <summary>
/// What the engine tells the source generator about one compiled model: enough to write the typed façade, and nothing
/// about networks. <see cref="ManifestText"/> is its form on disk.
/// </summary>
/// <remarks>Invariant: value equality, so equal texts give equal manifests and a generator step stays cached.</remarks>
public sealed record ModelManifest
{
    /// <summary>Name of the model: prefix of the C symbols and base name of the generated files.</summary>
    public required string Name { get; init; }

    /// <summary>C# identifier of the façade class.</summary>
    public required string ClassName { get; init; }

    /// <summary>
    /// Full name of the generated static class with <c>ArenaBytes</c>, <c>AccumulatorWords</c> and
    /// <c>Invoke(sbyte[] arena, int[] accumulators)</c>, or <c>InvokeRows(sbyte[], int[], RowSource)</c> when the input is streamed.
    /// </summary>
    public required string EngineClass { get; init; }

    /// <summary>Digest of the model file, such as <c>sha256:…</c>.</summary>
    public required string ModelHash { get; init; }

    public required string DeviceId { get; init; }

    public required string DeviceName { get; init; }

    /// <summary>Length in bytes of the array handed to the engine class.</summary>
    public required int ArenaBytes { get; init; }

    /// <summary>Length in 32-bit words of the accumulator array handed to the engine class.</summary>
    public required int AccumulatorWords { get; init; }

    /// <summary>Name of the arena that the model shares with others that never run at the same time, or null.</summary>
    public string? SharedArena { get; init; }

    public required InputMode InputMode { get; init; }

    /// <summary>How often a streamed input is asked for its rows.</summary>
    public int InputPasses { get; init; } = 1;

    /// <summary>The window of an input that moves on; null where inputs are whole.</summary>
    public WindowManifest? Window { get; init; }

    public required SramUse Sram { get; init; }

    public required FlashUse Flash { get; init; }

    /// <summary>Multiply-accumulates of one inference.</summary>
    public required long Macs { get; init; }

    /// <summary>Multiply-accumulates that the schedule does over <see cref="Macs"/>.</summary>
    public double MacFactor { get; init; } = 1;

    /// <summary>Estimated cycles of one inference of the generated C on the device.</summary>
    public required long Cycles { get; init; }

    /// <summary>Estimated milliseconds of one inference of the generated C on the device.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>Estimated millijoules of one inference, or null when the device states no power.</summary>
    public double? EnergyMj { get; init; }

    public required EquatableArray<TensorManifest> Inputs { get; init; }

    public required EquatableArray<TensorManifest> Outputs { get; init; }

    /// <summary>
    /// What lasts in the arena from one inference to the next, as its inputs are called: set to its zero point by <c>Reset(sbyte[]
    /// arena)</c> of the engine.
    /// </summary>
    public EquatableArray<TensorManifest> States { get; init; }

    public EquatableArray<ManifestDiagnostic> Diagnostics { get; init; }
}

/// <summary>An input that takes the new rows of a window, or the new columns.</summary>
/// <param name="Input">Index of the input, whose height, or width, is how many are new.</param>
/// <param name="Rows">Rows of the window, or columns.</param>
/// <param name="WarmUp">Runs after a reset whose outputs depend on what the states were set to.</param>
/// <param name="InColumns">Whether the window moves on by columns.</param>
public sealed record WindowManifest(int Input, int Rows, int WarmUp, bool InColumns = false);

/// <summary>Who holds the model input.</summary>
public enum InputMode
{
    /// <summary>The whole input lies in the arena.</summary>
    Resident,

    /// <summary>The application hands over rows as they arrive.</summary>
    Rows,
}
