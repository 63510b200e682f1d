using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace McuNet.Runtimes.Tools;

/// <summary>A program to run to its end. <see cref="TimeLimit"/> covers the whole run.</summary>
internal sealed record ToolProcess(string File, IReadOnlyList<string> Arguments, string WorkingFolder, TimeSpan TimeLimit)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs it without a shell and without input; kills it with its children at the limit.</summary>
    public ToolOutcome Run(CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(File)
        {
            WorkingDirectory = WorkingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in Arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeLimit);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{File}' did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancellation.ThrowIfCancellationRequested();
            return new ToolOutcome(-1, "", "", TimedOut: true);
        }
        Task.WaitAll(output, error);
        return new ToolOutcome(process.ExitCode, output.Result, error.Result, TimedOut: false);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended on its own in between.
        }
    }
}

/// <summary>How a program ended.</summary>
internal sealed record ToolOutcome(int ExitCode, string Output, string Error, bool TimedOut)
{
    public bool Succeeded => !TimedOut && ExitCode == 0;

    /// <summary>What it wrote, at most that many lines.</summary>
    public string Messages(int lines = 40)
    {
        var all = (Error + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', all.Take(lines)) + (all.Length > lines ? $"\n... {all.Length - lines} more lines" : "");
    }
}
