using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace McuNet.Search.Study;

/// <summary>The sample of one resolution and width: how much of it fits, and how large those networks are.</summary>
/// <param name="Macs">Multiply-accumulates of the networks that fit, ascending.</param>
/// <param name="LeastSram">Of the samples of which it is known, 0 where of none.</param>
/// <param name="LeastFlash">Of all samples.</param>
/// <param name="SramExcess">Share of samples over the SRAM budget; <paramref name="FlashExcess"/> over the flash budget.</param>
public sealed record ScaleResult(
    int Resolution,
    double Width,
    int Samples,
    ImmutableArray<long> Macs,
    long LeastSram,
    long LeastFlash,
    double SramExcess,
    double FlashExcess
)
{
    /// <summary>As publications write it: <c>w0.5-r160</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"w{Width:0.0##}-r{Resolution}");

    /// <summary>The least time of the samples of which it is known; null where of none.</summary>
    public double? LeastMs { get; init; }

    /// <summary>Share of samples over the limit of time or energy.</summary>
    public double TimeExcess { get; init; }

    /// <summary>A number of multiply-accumulates in millions.</summary>
    public static string Millions(double macs) => (macs / 1e6).ToString(macs < 1e6 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    public double Feasible => (double)Macs.Length / Samples;

    /// <summary>0 where nothing fits.</summary>
    public double MeanMacs => Macs.IsEmpty ? 0 : Macs.Average();

    /// <summary>Standard error of <see cref="MeanMacs"/>; null where fewer than two networks fit.</summary>
    public double? ErrorOfMean =>
        Macs.Length < 2 ? null : Math.Sqrt(Macs.Sum(m => (m - MeanMacs) * (m - MeanMacs)) / (Macs.Length - 1.0) / Macs.Length);

    /// <summary>The smallest value that at least <paramref name="percent"/> of the networks that fit do not exceed; 0 where nothing
    /// fits.</summary>
    public long Percentile(int percent) => Macs.IsEmpty ? 0 : Macs[Math.Max(0, (Macs.Length * percent + 99) / 100 - 1)];
}
