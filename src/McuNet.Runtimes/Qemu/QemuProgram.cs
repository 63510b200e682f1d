using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.Qemu;

/// <summary>A model linked with the runner for a board, in a temporary folder.</summary>
internal sealed record QemuProgram(string Elf, ElfSymbols Symbols, CodeSizes Sizes, StackEstimate Stack)
{
    private const string ModelObject = "model.o";

    /// <summary>Compiles the model strictly and links it.</summary>
    /// <param name="profile">Whether operators report where they begin and end.</param>
    public static StageResult<QemuProgram> Build(
        QemuCompiler tools,
        TemporaryFolder folder,
        CArtifact artifact,
        QemuBoard board,
        QemuOptions options,
        bool profile,
        CancellationToken cancellation
    )
    {
        File.WriteAllBytes(folder.File("sections.ld"), RunnerFiles.Resource("sections.ld"));
        File.WriteAllText(folder.File("board.ld"), board.LinkerScript());
        var build = new CBuild(tools.Compiler, folder, artifact, options.TimeLimit);
        ImmutableArray<string> flags = [.. options.Flags(board), .. profile ? ["-DMN_PROFILE"] : Array.Empty<string>()];
        ImmutableArray<string> harnessFlags =
        [
            .. board.CompilerFlags,
            "-O2",
            "-ffunction-sections",
            "-fdata-sections",
            "-fno-tree-loop-distribute-patterns",
        ];
        if (build.Compile(artifact.SourceFile, ModelObject, [.. flags, "-fcallgraph-info=su"], cancellation: cancellation) is { } inModel)
            return StageResult<QemuProgram>.Failure(inModel);
        if (build.Compile(RunnerFiles.Runner, "runner.o", harnessFlags, $"{artifact.Name}.h or its harness", cancellation) is { } inRunner)
            return StageResult<QemuProgram>.Failure(inRunner);

        var elf = profile ? "profile.elf" : "model.elf";
        string[] link =
        [
            .. harnessFlags,
            "-std=c11",
            "-nostartfiles",
            "--specs=nano.specs",
            "-L",
            folder.Path,
            "-T",
            "board.ld",
            "-Wl,--gc-sections",
            "-Wl,-Map=model.map",
            "board_port.c",
            "start.c",
            "runner.o",
            ModelObject,
            "-lm",
            "-o",
            elf,
        ];
        var linked = build.Run(link, cancellation);
        if (Overflow(linked) is { } overflow)
            return StageResult<QemuProgram>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.BoardTooSmall,
                    artifact.Name,
                    board.Id,
                    board.Flash.Bytes,
                    board.Ram.Bytes,
                    board.StackBytes,
                    overflow
                )
            );
        if (build.Failure(linked, $"{artifact.Name} (linking)", harnessFlags) is { } failure)
            return StageResult<QemuProgram>.Failure(failure);

        ToolOutcome Symbols(string file) => new ToolProcess(tools.Nm, ["-S", file], folder.Path, options.TimeLimit).Run(cancellation);
        var (all, model) = (Symbols(elf), Symbols(ModelObject));
        if ((all.RanPast ?? model.RanPast) is { } limit)
            return StageResult<QemuProgram>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.ExecutionTimedOut,
                    $"Listing the symbols of {artifact.Name}",
                    ToolOutcome.Seconds(limit),
                    "this machine"
                )
            );
        return StageResult<QemuProgram>.Success(
            new QemuProgram(
                elf,
                new ElfSymbols(all.Output),
                CodeSizes.Parse(File.ReadAllText(folder.File("model.map")), model.Output, ModelObject, artifact.Name),
                StackEstimate.Parse(File.ReadAllText(folder.File("model.ci"), Encoding.UTF8), artifact)
            )
        );
    }

    private static string? Overflow(ToolOutcome linked) =>
        linked.Succeeded ? null
        : linked.Error.Split('\n').FirstOrDefault(l => l.Contains(" overflowed by ", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf("region", StringComparison.Ordinal) is var at and >= 0 ? at : 0)..]
        : null;
}

/// <summary>The cross compiler's programs.</summary>
internal sealed record QemuCompiler(string Compiler, string Nm)
{
    public static StageResult<QemuCompiler> Find(Toolbox tools) =>
        tools
            .Find(Tool.ArmCompiler)
            .Then(compiler => tools.Find(Tool.ArmNm).Then(nm => StageResult<QemuCompiler>.Success(new QemuCompiler(compiler, nm))));
}
