using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.GeneratedC;

/// <summary>Calls of a C compiler inside a temporary folder.</summary>
internal sealed record CBuild(string Compiler, TemporaryFolder Folder, CArtifact Artifact, TimeSpan TimeLimit)
{
    private static readonly string[] Strict = ["-std=c11", "-Wall", "-Wextra", "-Werror"];

    /// <summary>Compiles one source file to an object; a warning is a failure.</summary>
    public Diagnostic? Compile(
        string source,
        string target,
        IEnumerable<string> flags,
        string? subject = null,
        CancellationToken cancellation = default
    )
    {
        string[] arguments = [.. Strict, .. flags, "-I", Folder.Path, "-I", Artifact.FullDirectory, "-c", source, "-o", target];
        return Failure(Run(arguments, cancellation), subject ?? Artifact.Name + ".c", flags);
    }

    public ToolOutcome Run(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        new ToolProcess(Compiler, arguments, Folder.Path, TimeLimit).Run(cancellation);

    public Diagnostic? Failure(ToolOutcome outcome, string subject, IEnumerable<string> flags)
    {
        if (outcome.Succeeded)
            return null;
        if (outcome.RanPast is { } limit)
            return Diagnostic.Create(
                DiagnosticCatalog.ExecutionTimedOut,
                $"Compiling {subject}",
                ToolOutcome.Seconds(limit),
                "this machine"
            );
        if (outcome.Error.Contains("nano.specs", StringComparison.Ordinal))
            return Diagnostic.Create(
                DiagnosticCatalog.ToolMissing,
                "newlib (nano.specs)",
                Tool.ArmCompiler.Purpose,
                "libnewlib-arm-none-eabi"
            );
        var command = string.Join(' ', Strict.Concat(flags).Prepend(System.IO.Path.GetFileName(Compiler)));
        return Diagnostic.Create(DiagnosticCatalog.CompilationFailed, subject, command, outcome.Messages());
    }
}
