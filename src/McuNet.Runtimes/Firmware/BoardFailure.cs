using System;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.Firmware;

/// <summary>What a log says about a run that did not end well.</summary>
public static class BoardFailure
{
    /// <summary>As in Board/bench_port.c: outputs differed, which the log's lines describe.</summary>
    public const int WrongOutputs = 30;

    /// <summary>MCU7012 or MCU7013 for a run that broke off; null where it ran to its end, with right outputs or wrong ones.</summary>
    public static Diagnostic? Judge(BoardLog log) =>
        log.Status == WrongOutputs
            ? null
            : RunnerStatus.Judge(
                new ToolOutcome(log.Status, "", "", RanPast: null),
                log.Faults.ToLookup(f => f.Key, f => f.Value),
                log.Identity.Name,
                $"the board ({log.Identity.Device})"
            );
}
