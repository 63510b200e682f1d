using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.Qemu;

/// <summary>Compiles a generated model for a Cortex-M core and runs it on an emulated board, all cases in one run.</summary>
/// <remarks>
/// Deterministic: instructions are counted as translated code executes, not by a clock. Reading a streamed row costs a few
/// instructions of the runner, which count with the model.
/// </remarks>
public static class QemuEmulator
{
    private static readonly string[] BoardFiles = ["board_port.c", "start.c", "semihost.h"];

    /// <param name="cases">For each case the bytes of each input, in the model's own layout (NHWC).</param>
    public static StageResult<QemuRun> Run(
        CArtifact artifact,
        QemuBoard board,
        IReadOnlyList<IReadOnlyList<byte[]>> cases,
        QemuOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new QemuOptions();
        artifact.CheckCases(cases);
        return options
            .Tools.Find(Tool.QemuArm)
            .Then(qemu =>
                QemuCompiler
                    .Find(options.Tools)
                    .Then(compiler =>
                    {
                        var plugin = options.Measurement == QemuMeasurement.None ? null : Plugin(qemu, options, cancellation);
                        var session = new Session(qemu, compiler, plugin?.ValueOrNull, artifact, board, options, cancellation);
                        var result = session
                            .Totals(cases)
                            .Then(run =>
                                options.Measurement == QemuMeasurement.Operators && session.Plugin is not null
                                    ? session.Operators(run, cases[0])
                                    : StageResult<QemuRun>.Success(run)
                            );
                        return plugin is { Succeeded: false } && result.Succeeded
                            ? StageResult<QemuRun>.Success(result.Value, plugin.Diagnostics.Select(AsWarning).ToImmutableArray())
                            : result;
                    })
            );
    }

    /// <summary>Compiles for a board and measures sizes and stack frames, without running anything.</summary>
    public static StageResult<CompiledForBoard> Compile(
        CArtifact artifact,
        QemuBoard board,
        QemuOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new QemuOptions();
        return QemuCompiler
            .Find(options.Tools)
            .Then(compiler =>
            {
                using var folder = new TemporaryFolder();
                RunnerFiles.Write(folder, artifact, [], BoardFiles);
                return QemuProgram
                    .Build(compiler, folder, artifact, board, options, profile: false, cancellation)
                    .Then(p => StageResult<CompiledForBoard>.Success(new CompiledForBoard(p.Sizes, p.Stack, options.Flags(board))));
            });
    }

    private static Diagnostic AsWarning(Diagnostic cause) => Diagnostic.Create(DiagnosticCatalog.CyclePluginUnavailable, cause.Message);

    private static StageResult<CyclePlugin> Plugin(string qemu, QemuOptions options, CancellationToken cancellation) =>
        CyclePlugin
            .Prepare(options.Tools, cancellation)
            .Then(plugin =>
            {
                var help = new ToolProcess(qemu, ["-help"], System.IO.Path.GetTempPath(), options.TimeLimit).Run(cancellation);
                if (help.RanPast is { } limit)
                    return StageResult<CyclePlugin>.Failure(
                        Diagnostic.Create(
                            DiagnosticCatalog.ExecutionTimedOut,
                            "qemu-system-arm -help",
                            ToolOutcome.Seconds(limit),
                            "this machine"
                        )
                    );
                return help.Output.Contains("-plugin", StringComparison.Ordinal)
                    ? StageResult<CyclePlugin>.Success(plugin)
                    : StageResult<CyclePlugin>.Failure(
                        Diagnostic.Create(
                            DiagnosticCatalog.ToolMissing,
                            "qemu-system-arm with plugins",
                            "count instructions",
                            "qemu-system-arm"
                        )
                    );
            });

    private sealed record Session(
        string Qemu,
        QemuCompiler Compiler,
        CyclePlugin? Plugin,
        CArtifact Artifact,
        QemuBoard Board,
        QemuOptions Options,
        CancellationToken Cancellation
    )
    {
        public StageResult<QemuRun> Totals(IReadOnlyList<IReadOnlyList<byte[]>> cases)
        {
            using var folder = new TemporaryFolder();
            return Build(folder, cases, profile: false)
                .Then(program =>
                {
                    if (Execute(folder, program) is { } failure)
                        return StageResult<QemuRun>.Failure(failure);
                    if (RunnerFiles.ReadOutputs(folder, Artifact, cases.Count) is not { } outputs)
                        return StageResult<QemuRun>.Failure(
                            Diagnostic.Create(
                                DiagnosticCatalog.ExecutionFailed,
                                Artifact.Name,
                                "too few output bytes",
                                Place,
                                "It ended early without an error."
                            )
                        );
                    return StageResult<QemuRun>.Success(
                        new QemuRun
                        {
                            Board = Board,
                            Flags = Options.Flags(Board),
                            Outputs = outputs,
                            Inferences = [.. CyclePlugin.Read(folder, Board).Regions],
                            Operators = [],
                            StackBytes = (int)RunnerFiles.ReadReport(folder)["stack"].Max(),
                            Stack = program.Stack,
                            Sizes = program.Sizes,
                        }
                    );
                });
        }

        public StageResult<QemuRun> Operators(QemuRun run, IReadOnlyList<byte[]> inputs)
        {
            using var folder = new TemporaryFolder();
            return Build(folder, [inputs], profile: true)
                .Then(program =>
                    Execute(folder, program) is { } failure
                        ? StageResult<QemuRun>.Failure(failure)
                        : StageResult<QemuRun>.Success(run with { Operators = [.. CyclePlugin.Read(folder, Board).Operators] })
                );
        }

        private string Place => $"the emulated {Board.Id} board";

        private StageResult<QemuProgram> Build(TemporaryFolder folder, IReadOnlyList<IReadOnlyList<byte[]>> cases, bool profile)
        {
            RunnerFiles.Write(folder, Artifact, cases, BoardFiles);
            return QemuProgram.Build(Compiler, folder, Artifact, Board, Options, profile, Cancellation);
        }

        private Diagnostic? Execute(TemporaryFolder folder, QemuProgram program)
        {
            string[] arguments =
            [
                "-M",
                Board.Machine,
                "-display",
                "none",
                "-monitor",
                "none",
                "-serial",
                "none",
                "-semihosting-config",
                "enable=on,target=native",
                .. Plugin?.Arguments(program.Symbols, Board) ?? [],
                "-kernel",
                program.Elf,
            ];
            var outcome = new ToolProcess(Qemu, arguments, folder.Path, Options.TimeLimit).Run(Cancellation);
            return RunnerStatus.Judge(outcome, RunnerFiles.ReadReport(folder), Artifact.Name, Place, program.Symbols.Describe);
        }
    }
}

/// <summary>Sizes and stack frames of a model compiled for a board.</summary>
public sealed record CompiledForBoard(CodeSizes Sizes, StackEstimate Stack, ImmutableArray<string> Flags);
