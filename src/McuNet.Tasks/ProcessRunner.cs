using System.Collections.Generic;
using System.Diagnostics;
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
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="System.OperationCanceledException">Cancelled; the program has been stopped.</exception>
    ProcessOutput Run(ProcessCommand command, CancellationToken cancellation);
}

/// <summary>Runs programs of the operating system, reading their output as UTF-8.</summary>
internal sealed class ProcessRunner : IProcessRunner
{
    public ProcessOutput Run(ProcessCommand command, CancellationToken cancellation)
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
        process.ErrorDataReceived += (_, e) => errors.Append(e.Data).Append('\n');
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
            process.Kill();
        }
        catch (System.InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }
}
