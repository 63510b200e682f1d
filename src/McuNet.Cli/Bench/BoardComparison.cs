using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;
using McuNet.Runtimes.Firmware;
using McuNet.Runtimes.Qemu;

namespace McuNet.Cli.Bench;

/// <summary>Figures of a board beside those of this compiler.</summary>
/// <param name="Emulated">What the emulated board counted; null where it cannot.</param>
internal sealed record BoardComparison(BoardLog Log, Compilation Compilation, QemuRun? Emulated)
{
    public CompiledModel Model => Compilation.Model;

    public BoardFigures Whole => new(Emulated?.Worst?.Cycles, (long)Model.IdealCycles, (long)Model.Cycles, Log.Whole);

    public IEnumerable<(int Layer, BoardFigures Figures)> Layers =>
        Enumerable
            .Range(0, Model.Graph.Nodes.Length)
            .Select(n =>
                (
                    n,
                    new BoardFigures(
                        Emulated?.Operators.FirstOrDefault(o => o.Operator == n)?.Work.Cycles,
                        (long)Model.IdealNodeCycles[n],
                        (long)Model.NodeCycles[n],
                        Log.Layer(n)
                    )
                )
            )
            .Where(l => l.Item2.Measured is not null);

    /// <summary>MCU7043 where the log is not of this code on this device; else what went wrong on the board, MCU7012, MCU7013 or MCU7044;
    /// null where all is well.</summary>
    public static Diagnostic? Check(BoardLog log, BoardIdentity expected, CompiledModel model, string path)
    {
        var found = log.Identity;
        Diagnostic Other(string what, string given, string wanted) =>
            Diagnostic.Create(DiagnosticCatalog.BoardLogOfOther, path, what, given, wanted, found.Project);
        if (found.Device != expected.Device)
            return Other("the device", found.Device, expected.Device);
        if (found.FileHash != expected.FileHash)
            return Other("the model", $"{found.Name} ({found.FileHash})", $"{expected.Name} ({expected.FileHash})");
        if (found.CodeHash != expected.CodeHash)
            return Other("generated C with the hash", found.CodeHash, expected.CodeHash);
        return BoardFailure.Judge(log) ?? (log.Wrong.IsEmpty ? null : Wrong(log, model));
    }

    private static Diagnostic Wrong(BoardLog log, CompiledModel model)
    {
        var first = log.Wrong[0];
        var layer =
            first.Layer is { } n && n < model.Graph.Nodes.Length
                ? $"the first layer whose result was wrong is {n}, '{model.Graph.Nodes[n].Name}'"
                : "which layer it began in was not seen";
        return Diagnostic.Create(
            DiagnosticCatalog.BoardOutputsWrong,
            model.Name,
            log.Identity.Device,
            log.Wrong.Select(w => w.Case).Distinct().Count(),
            log.Cases,
            first.Case,
            first.Byte,
            first.Is,
            first.Expected,
            first.Differ,
            layer
        );
    }
}

/// <summary>Cycles of an inference or a layer.</summary>
/// <param name="Cycles">By the timing table of the Cortex-M4 with memory that never waits; null for other cores and without
/// emulator.</param>
/// <param name="Estimated">The compiler's estimate for such memory.</param>
/// <param name="Device">The compiler's estimate for the device, its flash's wait states included.</param>
/// <param name="Measured">On the board.</param>
internal sealed record BoardFigures(long? Cycles, long Estimated, long Device, CycleSpread? Measured)
{
    /// <summary>How much more the board took than <see cref="Cycles"/>, in percent.</summary>
    public double? OverCycles => Percent(Cycles);

    /// <summary>How much more it took than <see cref="Device"/>, in percent.</summary>
    public double? OverDevice => Percent(Device);

    private double? Percent(long? of) =>
        of > 0 && Measured is { } measured ? System.Math.Round(100.0 * (measured.Least - of.Value) / of.Value, 1) : null;
}
