using System;
using System.Globalization;

namespace McuNet.Conformance.Networks;

/// <summary>How many random networks run. <c>build/sweep.sh</c> sets the variables; without them it is the share of the gate.</summary>
internal static class SweepSize
{
    private const int GateMain = 150;
    private const int GateOther = 20;
    private const double OtherShare = 0.15;
    private const double DumpedShare = 0.03;

    public static int FirstSeed { get; } = Variable("MCUNET_SEED") ?? 1;

    /// <summary>Of the mode that most users compile in: gcc -O2.</summary>
    public static int Main { get; } = Variable("MCUNET_NETWORKS") ?? GateMain;

    /// <summary>Of every other mode.</summary>
    public static int Other { get; } = IsSweep ? (int)Math.Ceiling(Main * OtherShare) : GateOther;

    /// <summary>Whose dumps of GCC are read, by core and level.</summary>
    public static int Dumped { get; } = IsSweep ? (int)Math.Ceiling(Main * DumpedShare) : GateOther;

    public static bool IsSweep => Variable("MCUNET_NETWORKS") is not null;

    private static int? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
