using System.Collections.Immutable;

namespace McuNet.Compiler.Report;

/// <summary>The figures of a compiled model as a report shows them and another report compares itself with. Sizes are bytes, times
/// milliseconds.</summary>
public sealed record ReportModel
{
    /// <summary>Of the form; a reader takes no other.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Of the generated code.</summary>
    public required string Name { get; init; }

    public required ReportFigures Figures { get; init; }

    public required ReportDevice Device { get; init; }

    /// <summary>Operators of the network, in its order; what bands of columns brought stands where it runs.</summary>
    public required ImmutableArray<ReportOperator> Operators { get; init; }

    /// <summary>Schedules to choose from, fastest first.</summary>
    public required ImmutableArray<ReportPoint> Front { get; init; }

    /// <summary>Activations of the network as it runs.</summary>
    public required ImmutableArray<ReportTensor> Tensors { get; init; }

    /// <summary>The model on other devices too; none where nobody asked.</summary>
    public ImmutableArray<ReportFit> Devices { get; init; } = [];

    /// <summary>What the compiler found.</summary>
    public required ImmutableArray<ReportMessage> Messages { get; init; }

    /// <summary>Null where nobody measured it.</summary>
    public ReportAccuracy? Accuracy { get; init; }
}

/// <summary>What the whole network needs, beside its budgets.</summary>
public sealed record ReportFigures
{
    public required bool Fits { get; init; }

    public required long Arena { get; init; }

    public required long Stack { get; init; }

    public required long Sram { get; init; }

    public required long SramBudget { get; init; }

    /// <summary>The operator during which most lives.</summary>
    public required string PeakAt { get; init; }

    public required bool ProvedOptimal { get; init; }

    public required long LowerBound { get; init; }

    /// <summary>The largest that an operator needs where each runs by itself on whole tensors.</summary>
    public required long LayerByLayer { get; init; }

    public required long Weights { get; init; }

    public required long Code { get; init; }

    /// <summary>Whether a compiler measured the code; else it is an estimate.</summary>
    public required bool CodeMeasured { get; init; }

    public required long Flash { get; init; }

    public required long FlashBudget { get; init; }

    /// <summary>The set of kernels.</summary>
    public required string Kernels { get; init; }

    public required long Macs { get; init; }

    /// <summary>Multiply-accumulates of the schedule over those of the network.</summary>
    public required double MacFactor { get; init; }

    public required int InputPasses { get; init; }

    public required long Cycles { get; init; }

    public required double LatencyMs { get; init; }

    public double? LatencyBudgetMs { get; init; }

    public double? EnergyMj { get; init; }

    public double? EnergyBudgetMj { get; init; }

    public required int Segments { get; init; }
}

/// <summary>An operator of the network, all of its bands together.</summary>
public sealed record ReportOperator
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Name of the function that computes it; empty where the application delivers rows.</summary>
    public required string Kernel { get; init; }

    /// <summary>Of its output.</summary>
    public required string Shape { get; init; }

    /// <summary>As it runs: where bands overlap, more than in the network.</summary>
    public required long Macs { get; init; }

    /// <summary>What lives while it runs by itself, on whole tensors; null for what bands brought.</summary>
    public long? LayerByLayer { get; init; }

    /// <summary>The most that lives in one of its calls.</summary>
    public required long Scheduled { get; init; }

    /// <summary>What that is, largest first.</summary>
    public required ImmutableArray<ReportShare> Live { get; init; }

    public required long Cycles { get; init; }

    /// <summary>Those of <see cref="Cycles"/> for which the core waits for memory.</summary>
    public required long Waits { get; init; }

    /// <summary>Constants that no operator before it has.</summary>
    public required long Weights { get; init; }

    /// <summary>The first segment that it is part of.</summary>
    public required int Segment { get; init; }

    /// <summary>How the segment runs: rows, band, layer or whole.</summary>
    public required string Mode { get; init; }

    /// <summary>1 where it is not cut.</summary>
    public required int Bands { get; init; }

    /// <summary>Rows of one call, 0 where it runs row by row.</summary>
    public required int BlockRows { get; init; }
}

/// <summary>A named part of a sum.</summary>
public sealed record ReportShare(string Name, long Bytes);

/// <summary>A schedule of the front.</summary>
public sealed record ReportPoint(long Arena, long Cycles, double LatencyMs, double MacFactor);

/// <summary>An activation and its place.</summary>
public sealed record ReportTensor
{
    public required string Name { get; init; }

    /// <summary>Input, output or state of the model; empty inside.</summary>
    public required string Port { get; init; }

    public required string Shape { get; init; }

    public required string Element { get; init; }

    /// <summary>Real value = (stored - zero point) x scale; null where the elements are real numbers.</summary>
    public float? Scale { get; init; }

    public int? ZeroPoint { get; init; }

    /// <summary>The real numbers of the least and the largest element.</summary>
    public float? Least { get; init; }

    public float? Largest { get; init; }

    /// <summary>Of the whole tensor.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of its buffer; 0 where it is never written.</summary>
    public required long BufferBytes { get; init; }

    public required int Offset { get; init; }

    public required int Rows { get; init; }

    /// <summary>Rows that its buffer has room for.</summary>
    public required int Slots { get; init; }

    public bool IsRing => Slots > 0 && Slots < Rows;
}

/// <summary>A diagnostic.</summary>
/// <param name="Severity">error, warning or info.</param>
/// <param name="Title">What the id means.</param>
public sealed record ReportMessage(string Id, string Severity, string Title, string Message);

/// <summary>The device, and names with values for people.</summary>
/// <param name="MemoryText">How it waits for code and weights.</param>
public sealed record ReportDevice(
    string Id,
    string Name,
    string Core,
    long ClockHz,
    string MemoryText,
    ImmutableArray<ReportRegion> Regions,
    ImmutableArray<ReportFact> Facts,
    ImmutableArray<string> Sources
);

/// <param name="Use">What the compiler may put there.</param>
public sealed record ReportRegion(string Name, string Kind, long Bytes, string Use, string Access);

public sealed record ReportFact(string Name, string Value);

/// <summary>
/// The model compiled for a device, beside its limits there. Sizes are bytes; what is left is negative where it is too much, null without a
/// limit.
/// </summary>
/// <param name="Verdict"><c>yes</c>, or what does not hold.</param>
/// <param name="EnergyMj">Null where the device states no current.</param>
public sealed record ReportFit(
    string Id,
    string Name,
    string Core,
    long ClockHz,
    bool Fits,
    string Verdict,
    string Kernels,
    long Sram,
    long? SramLeft,
    long Flash,
    long? FlashLeft,
    double LatencyMs,
    double? LatencyLeftMs,
    double? EnergyMj,
    double? EnergyLeftMj
);

/// <summary>Shares of samples, of one; null where not measured.</summary>
/// <param name="Source">Who says it.</param>
/// <param name="On">Which samples: test or calibration.</param>
/// <param name="Code">Of the generated code.</param>
public sealed record ReportAccuracy(string Source, int? Samples, string? On, double? Float, double? Int8, double? Code);
