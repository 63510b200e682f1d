using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Execution.Cases;

/// <summary>The first byte of outputs that is not what it must be.</summary>
/// <param name="Case">Index of the case.</param>
/// <param name="Output">Index of the output.</param>
/// <param name="Byte">Index in that output, in the model's own layout.</param>
/// <param name="Bytes">How many bytes differ in all cases.</param>
public sealed record FirstDifference(int Case, int Output, int Byte, byte Expected, byte Actual, long Bytes)
{
    /// <summary>MCU7028 for what an executor gave; null where every bit is the same.</summary>
    /// <param name="compares">Whether an output of a case is compared.</param>
    public static Diagnostic? Fault(
        NetworkGraph network,
        string executor,
        IReadOnlyList<IReadOnlyList<byte[]>> expected,
        ImmutableArray<ImmutableArray<byte[]>> actual,
        Func<int, int, bool> compares
    ) =>
        Of(expected, actual, compares) is { } first
            ? Diagnostic.Create(
                DiagnosticCatalog.ExecutorNotExact,
                network.Name,
                executor,
                first.Case + 1,
                expected.Count,
                first.Byte,
                network.Outputs[first.Output].Name,
                first.Actual,
                first.Expected,
                first.Bytes
            )
            : null;

    /// <param name="expected">Bytes by case, then by output.</param>
    /// <param name="actual">Of the same lengths.</param>
    /// <param name="compares">Whether an output of a case is compared; all are where nobody asks.</param>
    /// <returns>Null where every bit is the same.</returns>
    public static FirstDifference? Of(
        IReadOnlyList<IReadOnlyList<byte[]>> expected,
        ImmutableArray<ImmutableArray<byte[]>> actual,
        Func<int, int, bool>? compares = null
    )
    {
        var places =
            from c in Enumerable.Range(0, expected.Count)
            from o in Enumerable.Range(0, expected[c].Count)
            where compares?.Invoke(c, o) ?? true
            from b in Enumerable.Range(0, expected[c][o].Length)
            where expected[c][o][b] != actual[c][o][b]
            select new FirstDifference(c, o, b, expected[c][o][b], actual[c][o][b], 0);
        return places.FirstOrDefault() is { } first ? first with { Bytes = places.LongCount() } : null;
    }
}
