using System;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.GeneratedC;

/// <summary>Exit codes of the runner, as in Harness/port.h.</summary>
internal static class RunnerStatus
{
    public const int InputOutputFailed = 20;
    public const int GuardBroken = 21;
    public const int RowOutOfRange = 22;
    public const int StackOverflowed = 23;
    public const int Faulted = 24;
    public const int ArenasDiffer = 25;

    /// <summary>The diagnostic for a run that did not end well; null where it did.</summary>
    /// <param name="place">Where it ran, as in "on this machine".</param>
    /// <param name="nameAddress">Names the function at an address, for faults.</param>
    public static Diagnostic? Judge(
        ToolOutcome outcome,
        ILookup<string, long> report,
        string model,
        string place,
        Func<long, string>? nameAddress = null
    )
    {
        if (outcome.Succeeded)
            return null;
        if (outcome.RanPast is { } limit)
            return Diagnostic.Create(DiagnosticCatalog.ExecutionTimedOut, model, ToolOutcome.Seconds(limit), place);
        long Value(string key) => report[key].LastOrDefault();
        Diagnostic Failed(string ending, string detail) =>
            Diagnostic.Create(DiagnosticCatalog.ExecutionFailed, model, ending, place, detail);
        return outcome.ExitCode switch
        {
            GuardBroken => Diagnostic.Create(DiagnosticCatalog.MemoryGuardBroken, model, Place(report), place, Value("broken_case")),
            RowOutOfRange => Failed("a wrong row request", $"It asked for input row {Value("bad_row")}."),
            StackOverflowed => Failed("a stack overflow", "It used all of the board's stack."),
            _ when outcome.Error.Contains("Lockup", StringComparison.Ordinal) => Failed(
                "a processor lockup",
                "A fault could not be handled, most likely because the stack overflowed."
            ),
            InputOutputFailed => Failed("an input/output error", "Case or output files could not be read or written."),
            Faulted => Failed(
                "a processor fault",
                $"The program counter was 0x{Value("fault_pc"):x8}{nameAddress?.Invoke(Value("fault_pc"))}, the link register 0x{Value("fault_lr"):x8}."
            ),
            ArenasDiffer => Failed("another result in a second arena", $"Output {Value("other_output")} is not the same there."),
            _ => Failed($"exit code {outcome.ExitCode}", outcome.Messages()),
        };
    }

    private static string Place(ILookup<string, long> report) =>
        report.Contains("broken_before")
            ? $"{report["broken_before"].Last()} bytes before the arena"
            : $"{report["broken_after"].Last() - 1} bytes past the end of the arena";
}
