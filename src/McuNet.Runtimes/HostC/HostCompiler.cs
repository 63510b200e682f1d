using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.HostC;

/// <summary>How to compile and run on this machine.</summary>
public sealed record HostCOptions
{
    /// <summary>Address and undefined-behaviour sanitizers; any finding fails the run.</summary>
    public bool Sanitize { get; init; }

    /// <summary>A second thread runs each case in a second arena at the same time, and must give the same; only where the input is not
    /// streamed.</summary>
    public bool TwoArenas { get; init; }

    public string Optimisation { get; init; } = "-O2";

    public ImmutableArray<string> ExtraFlags { get; init; } = [];

    /// <summary>Limit for each compiler call and for the run.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(120);

    public Toolbox Tools { get; init; } = Toolbox.FromEnvironment();

    internal ImmutableArray<string> Flags =>
        [
            Optimisation,
            .. Sanitize ? ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"] : Array.Empty<string>(),
            .. TwoArenas ? ["-DMN_TWO_ARENAS", "-pthread"] : Array.Empty<string>(),
            .. ExtraFlags,
        ];
}

/// <summary>What a model gave on this machine: output bytes by case, then by output, in the model's own layout.</summary>
public sealed record HostCRun(ImmutableArray<ImmutableArray<byte[]>> Outputs, ImmutableArray<string> Flags);

/// <summary>Compiles a generated model with this machine's C compiler and runs it, all cases in one process.</summary>
public static class HostCompiler
{
    private const string Place = "this machine";
    private static readonly string Program = OperatingSystem.IsWindows() ? "model.exe" : "model";

    /// <param name="cases">For each case the bytes of each input, in the model's own layout (NHWC).</param>
    public static StageResult<HostCRun> Run(
        CArtifact artifact,
        IReadOnlyList<IReadOnlyList<byte[]>> cases,
        HostCOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new HostCOptions();
        artifact.CheckCases(cases);
        return options
            .Tools.Find(Tool.HostCompiler)
            .Then(compiler =>
            {
                using var folder = new TemporaryFolder();
                RunnerFiles.Write(folder, artifact, cases, "host_port.c");
                var build = new CBuild(compiler, folder, artifact, options.TimeLimit);
                return Compile(build, options, cancellation) is { } failure
                    ? StageResult<HostCRun>.Failure(failure)
                    : Execute(folder, artifact, cases.Count, options, cancellation);
            });
    }

    private static Diagnostic? Compile(CBuild build, HostCOptions options, CancellationToken cancellation)
    {
        if (build.Compile(build.Artifact.SourceFile, "model.o", options.Flags, cancellation: cancellation) is { } inModel)
            return inModel;
        if (
            build.Compile(RunnerFiles.Runner, "runner.o", options.Flags, $"{build.Artifact.Name}.h or its harness", cancellation) is
            { } inRunner
        )
            return inRunner;
        string[] link = [.. options.Flags, "-std=c11", "host_port.c", "runner.o", "model.o", "-lm", "-o", Program];
        return build.Failure(build.Run(link, cancellation), $"{build.Artifact.Name} (linking)", options.Flags);
    }

    private static StageResult<HostCRun> Execute(
        TemporaryFolder folder,
        CArtifact artifact,
        int cases,
        HostCOptions options,
        CancellationToken cancellation
    )
    {
        var outcome = new ToolProcess(folder.File(Program), [], folder.Path, options.TimeLimit)
        {
            Environment = new Dictionary<string, string?> { ["ASAN_OPTIONS"] = "detect_leaks=0", ["UBSAN_OPTIONS"] = "print_stacktrace=1" },
        }.Run(cancellation);
        if (RunnerStatus.Judge(outcome, RunnerFiles.ReadReport(folder), artifact.Name, Place) is { } failure)
            return StageResult<HostCRun>.Failure(failure);
        return RunnerFiles.ReadOutputs(folder, artifact, cases) is { } outputs
            ? StageResult<HostCRun>.Success(new HostCRun(outputs, options.Flags))
            : StageResult<HostCRun>.Failure(
                Diagnostic.Create(
                    DiagnosticCatalog.ExecutionFailed,
                    artifact.Name,
                    "too few output bytes",
                    Place,
                    "It ended early without an error."
                )
            );
    }
}
