using System;
using System.Collections.Immutable;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.Qemu;

/// <summary>What to measure besides the outputs.</summary>
public enum QemuMeasurement
{
    /// <summary>Outputs, stack and sizes.</summary>
    None,

    /// <summary>Also instructions and cycles of each inference.</summary>
    Totals,

    /// <summary>Also, in a second run of the first case, instructions and cycles of each operator.</summary>
    Operators,
}

/// <summary>How to compile for and run on a board.</summary>
public sealed record QemuOptions
{
    public QemuMeasurement Measurement { get; init; } = QemuMeasurement.Totals;

    public string Optimisation { get; init; } = "-O2";

    public ImmutableArray<string> ExtraFlags { get; init; } = [];

    /// <summary>Limit for each compiler call and each run.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(300);

    public Toolbox Tools { get; init; } = Toolbox.FromEnvironment();

    internal ImmutableArray<string> Flags(QemuBoard board) =>
        [.. board.CompilerFlags, Optimisation, "-ffunction-sections", "-fdata-sections", .. ExtraFlags];
}
