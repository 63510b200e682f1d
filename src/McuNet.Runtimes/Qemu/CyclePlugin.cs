using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Files;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.Tools;

namespace McuNet.Runtimes.Qemu;

/// <summary>The counting plugin of Board/m4cycles.c, compiled once per version of its source into the cache.</summary>
internal sealed record CyclePlugin(string Path)
{
    private const string Source = "m4cycles.c";
    private const string Counts = "counts.txt";

    /// <summary>The compiled plugin, or MCU7010/MCU7019.</summary>
    public static StageResult<CyclePlugin> Prepare(Toolbox tools, CancellationToken cancellation)
    {
        var source = RunnerFiles.Resource(Source);
        var key = Convert.ToHexStringLower(SHA256.HashData(source))[..16];
        var target = System.IO.Path.Combine(CacheFolder.Root, "qemu", key, "m4cycles.so");
        if (File.Exists(target))
            return StageResult<CyclePlugin>.Success(new CyclePlugin(target));
        return tools
            .Find(Tool.HostCompiler)
            .Then(compiler =>
            {
                using var folder = new TemporaryFolder();
                File.WriteAllBytes(folder.File(Source), source);
                string[] arguments = ["-O2", "-shared", "-fPIC", "-o", "m4cycles.so", Source];
                var outcome = new ToolProcess(compiler, arguments, folder.Path, TimeSpan.FromSeconds(60)).Run(cancellation);
                if (outcome.RanPast is { } limit)
                    return StageResult<CyclePlugin>.Failure(
                        Diagnostic.Create(
                            DiagnosticCatalog.ExecutionTimedOut,
                            $"Compiling {Source}",
                            ToolOutcome.Seconds(limit),
                            "this machine"
                        )
                    );
                if (!outcome.Succeeded)
                    return StageResult<CyclePlugin>.Failure(
                        Diagnostic.Create(DiagnosticCatalog.CompilationFailed, Source, string.Join(' ', arguments), outcome.Messages())
                    );
                FileBatch.Write(target, File.ReadAllBytes(folder.File("m4cycles.so")));
                return StageResult<CyclePlugin>.Success(new CyclePlugin(target));
            });
    }

    /// <summary>Arguments that make QEMU count between the marks of this program.</summary>
    public IEnumerable<string> Arguments(ElfSymbols symbols, QemuBoard board)
    {
        string Range(string argument, string function) =>
            $"{argument}={symbols[function].Address},{argument}_size={symbols[function].Bytes}";
        var options = new List<string>
        {
            Path,
            $"out={Counts}",
            $"begin={symbols["mn_mark_begin"].Address}",
            $"end={symbols["mn_mark_end"].Address}",
        };
        if (symbols.Contains("mn_profile_window"))
            options.AddRange([
                Range("enter", "mn_profile_begin"),
                Range("leave", "mn_profile_end"),
                $"window={symbols["mn_profile_window"].Address}",
            ]);
        if (board.Waits is { } waits)
            options.AddRange(waits.Arguments(board.Flash));
        return ["-plugin", string.Join(',', options)];
    }

    public static (IReadOnlyList<WorkCount> Regions, IReadOnlyList<OperatorWork> Operators) Read(TemporaryFolder folder, QemuBoard board)
    {
        if (!File.Exists(folder.File(Counts)))
            return ([], []);
        var lines = File.ReadAllLines(folder.File(Counts)).Select(l => l.Split(' ')).ToArray();
        long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
        WorkCount Work(string[] numbers) =>
            new(Number(numbers[0]), board.HasCycleModel ? Number(numbers[1]) : null)
            {
                Waits = board.Waits is null ? null : new WaitCount(Number(numbers[2]), Number(numbers[3])),
            };
        return (
            lines.Where(l => l[0] == "region").Select(l => Work(l[2..])).ToArray(),
            lines.Where(l => l[0] == "operator").Select(l => new OperatorWork((int)Number(l[1]), Number(l[2]), Work(l[3..]))).ToArray()
        );
    }
}
