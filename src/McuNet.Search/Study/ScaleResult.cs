using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace McuNet.Search.Study;

/// <summary>The sample of one resolution and width: how much of it fits, and how large those networks are.</summary>
/// <param name="Macs">Multiply-accumulates of the networks that fit, ascending.</param>
/// <param name="LeastSram">Of all samples.</param>
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

    public double Feasible => (double)Macs.Length / Samples;

    /// <summary>0 where nothing fits.</summary>
    public double MeanMacs => Macs.IsEmpty ? 0 : Macs.Average();

    /// <summary>The smallest value that at least <paramref name="percent"/> of the networks that fit do not exceed; 0 where nothing
    /// fits.</summary>
    public long Percentile(int percent) => Macs.IsEmpty ? 0 : Macs[Math.Max(0, (Macs.Length * percent + 99) / 100 - 1)];
}
