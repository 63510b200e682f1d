using System;
using System.Diagnostics;

namespace DigitReader;

/// <summary>What one inference takes on this machine.</summary>
internal static class Timing
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(0.25);

    /// <summary>
    /// Mean time and heap allocation, as text. As many inferences go before that are not counted. A run may overwrite its input:
    /// the time does not depend on values.
    /// </summary>
    public static string Of(Action inference)
    {
        Repeat(inference);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        (int inferences, TimeSpan elapsed) = Repeat(inference);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return $"{elapsed.TotalMicroseconds / inferences:N1} us and {allocated / inferences} bytes allocated per inference";
    }

    private static (int Inferences, TimeSpan Elapsed) Repeat(Action inference)
    {
        int inferences = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            inference();
            inferences++;
        } while (Stopwatch.GetElapsedTime(start) < Span);
        return (inferences, Stopwatch.GetElapsedTime(start));
    }
}
