using System;
using System.Collections.Generic;
using System.Threading;
using McuNet.Processes;

namespace McuNet.Tasks.Tests;

/// <summary>Notes commands and answers all of them alike.</summary>
internal sealed class FakeRunner(int exitCode, string output, string error = "") : IProcessRunner
{
    public List<ProcessCommand> Commands { get; } = [];

    public Exception? Failure { get; init; }

    public ProcessOutput Run(ProcessCommand command, CancellationToken cancellation, Action<string>? errorLine = null)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Failure is not null)
            throw Failure;
        Commands.Add(command);
        foreach (var line in error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            errorLine?.Invoke(line);
        return new(exitCode, output, error);
    }
}
