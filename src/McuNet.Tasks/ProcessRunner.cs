using System;
using System.Text;
using System.Threading;
using McuNet.Processes;

namespace McuNet.Tasks;

/// <summary>What a finished program left behind.</summary>
internal sealed record ProcessOutput(int ExitCode, string StandardOutput, string StandardError);

/// <summary>Runs a program to its end.</summary>
internal interface IProcessRunner
{
    /// <param name="errorLine">Told every line of standard error that is not empty as it comes, from another thread.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="System.OperationCanceledException">Cancelled; the program has been stopped, and all that it started.</exception>
    ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null);
}

/// <summary>Runs programs of the operating system.</summary>
internal sealed class ProcessRunner : IProcessRunner
{
    public ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var errors = new StringBuilder();
        using var process = ChildProcess.Start(
            command,
            line =>
            {
                errors.Append(line).Append('\n');
                if (line.Length > 0)
                    errorLine?.Invoke(line);
            }
        );
        using var stop = cancellation.Register(process.Kill);
        var output = process.CompleteAsync().GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        return new(process.ExitCode, output, errors.ToString().Trim());
    }
}
