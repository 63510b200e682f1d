using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Threading;

namespace McuNet.Tasks;

/// <summary>A program, its arguments, and the directory in which it runs.</summary>
internal sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory);

/// <summary>What a finished program left behind.</summary>
internal sealed record ProcessOutput(int ExitCode, string StandardOutput, string StandardError);

/// <summary>Runs a program to its end.</summary>
internal interface IProcessRunner
{
    /// <param name="errorLine">Told every line of standard error as it comes, from another thread.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="System.OperationCanceledException">Cancelled; the program has been stopped, and all that it started.</exception>
    ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null);
}

/// <summary>Runs programs of the operating system, reading their output as UTF-8.</summary>
internal sealed class ProcessRunner : IProcessRunner
{
    /// <summary>Process.Kill(entireProcessTree), which .NET has and .NET Standard 2.0 does not know.</summary>
    private static readonly MethodInfo? KillTree = typeof(Process).GetMethod("Kill", [typeof(bool)]);

    public ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(command.Program, CommandLine.Join(command.Arguments))
            {
                WorkingDirectory = command.WorkingDirectory,
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
        };
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, e) =>
        {
            errors.Append(e.Data).Append('\n');
            if (e.Data is { Length: > 0 } line)
                errorLine?.Invoke(line);
        };
        process.Start();
        using var stop = cancellation.Register(() => Stop(process));
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return new(process.ExitCode, output, errors.ToString().Trim());
    }

    private static void Stop(Process process)
    {
        try
        {
            if (KillTree is not null)
                KillTree.Invoke(process, [true]);
            else
                TaskKill(process.Id);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or TargetInvocationException)
        {
            // It ended by itself in between.
        }
    }

    /// <summary>On .NET Framework, which runs on Windows alone.</summary>
    private static void TaskKill(int process)
    {
        using var kill = Process.Start(
            new ProcessStartInfo("taskkill", $"/T /F /PID {process}") { UseShellExecute = false, CreateNoWindow = true }
        );
        kill?.WaitForExit();
    }
}
