using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace McuNet.Runtimes.Tools;

/// <summary>How long things take on this machine, beside the one for which time limits are written. Limits are the only thing that may
/// depend on it, never a result.</summary>
public static class MachineSpeed
{
    /// <summary>A number of 1 or more that stands in for the measurement.</summary>
    public const string Variable = "MCUNET_TIME_FACTOR";

    private const double Most = 10;

    /// <summary>Seconds that <see cref="Work"/> takes on a quiet core of a server of 2023.</summary>
    private const double Reference = 0.1;

    /// <summary>Test projects that run at once, each with a busy core.</summary>
    private const double CoresAssumed = 2;

    /// <summary>The factor by which a time limit is to be longer here and now: 1 to 10. Takes as long as a fraction of a second of
    /// work.</summary>
    public static double Slowness() => Given(Environment.GetEnvironmentVariable(Variable)) ?? Factor(Measure(), Environment.ProcessorCount);

    /// <param name="seconds">What <see cref="Work"/> took.</param>
    internal static double Factor(double seconds, int cores) =>
        Math.Clamp(seconds / Reference * Math.Max(1, CoresAssumed / cores), 1, Most);

    internal static double? Given(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is >= 1 and <= 1000
            ? factor
            : null;

    private static double Measure()
    {
        var watch = Stopwatch.StartNew();
        if (Work() == 0)
            throw new InvalidOperationException("the sequence has no zero");
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>A chain of dependent integer operations, which neither caches nor vector units shorten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong Work()
    {
        var state = 1UL;
        for (var i = 0; i < 50_000_000; i++)
            state = (state * 6364136223846793005UL) + 1442695040888963407UL | 1;
        return state;
    }
}
