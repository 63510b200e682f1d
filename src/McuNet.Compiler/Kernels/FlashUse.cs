using System;

namespace McuNet.Compiler.Kernels;

/// <summary>Equal pieces that a kernel's table consists of.</summary>
public readonly record struct StreamRecords(int Bytes, int Count);

/// <summary>How the calls of a kernel wait for the flash of its target.</summary>
/// <param name="Records">Those of which some may be kept in RAM; null where none are.</param>
/// <param name="Waits">Cycles of the yardstick core for which a call waits, by the rows joined into it and the records kept.</param>
/// <param name="CodeWaits">Those for which the first of calls one behind the other waits for its code.</param>
/// <param name="CopyCycles">Cycles of copying a record to RAM.</param>
public sealed record FlashUse(StreamRecords? Records, Func<int, int, double> Waits, double CodeWaits, double CopyCycles)
{
    /// <summary>Waits of a call of one row with no record in RAM, which searches ask for once for every call that they try.</summary>
    public double RowWaits { get; } = Waits(1, 0);
}
