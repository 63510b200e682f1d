using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Training;

public sealed class PythonEnvironmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet-python-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Ctrl+C ends the Python that is asked as well, with this exit code: no sign of a wrong version.</summary>
    [Fact]
    public async Task Find_WhenThePythonIsInterrupted_IsCancelledInsteadOfAsAWrongVersion() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PythonEnvironment.FindAsync("", Python("exit 130"), dataset: null));

    [Fact]
    public async Task Find_WhenCancelled_DoesNotWaitForAnAnswer()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            PythonEnvironment.FindAsync("", Python("exec sleep 60"), dataset: null, cancellation.Token)
        );
    }

    [Fact]
    public async Task Find_WhenItCannotRunTheTrainer_SaysWhatIsNeeded()
    {
        var found = await PythonEnvironment.FindAsync("", Python("exit 1"), dataset: null);

        Assert.Equal("MCU8109", Assert.Single(found.Diagnostics).Id);
    }

    private string Python(string script)
    {
        var path = Path.Combine(_folder, "python3");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
