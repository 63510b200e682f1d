using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;

namespace McuNet.Processes;

/// <summary>A started program. Its standard error is read all the time, so that it never waits for a reader of that; disposed of before its
/// end, it is killed with all that it started. Texts are UTF-8.</summary>
public sealed class ChildProcess : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Process.Kill(entireProcessTree), which .NET has and .NET Standard 2.0 does not know.</summary>
    private static readonly MethodInfo? KillTree = typeof(Process).GetMethod("Kill", [typeof(bool)]);

    private readonly Process _process;

    private ChildProcess(Process process, Task exited, Action<string> errorLine)
    {
        _process = process;
        Input = new StreamWriter(process.StandardInput.BaseStream, Utf8);
        Ended = Task.WhenAll(exited, ReadErrorsAsync(process.StandardError, errorLine));
    }

    /// <summary>Its standard input.</summary>
    public StreamWriter Input { get; }

    /// <summary>Its standard output, to be read while it runs.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Its end and that of its standard error, which what it left running may hold open.</summary>
    public Task Ended { get; }

    /// <summary>Of a program that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="errorLine">Told every line of standard error as it comes, from another thread.</param>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static ChildProcess Start(ProcessCommand command, Action<string> errorLine)
    {
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = StartOf(command), EnableRaisingEvents = true };
        process.Exited += (_, _) => exited.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            throw;
        }
        return new ChildProcess(process, exited.Task, errorLine);
    }

    /// <summary>Gives it all its input and reads all its output; complete when it has ended and its streams have.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public async Task<string> CompleteAsync(string input = "")
    {
        var output = Output.ReadToEndAsync();
        try
        {
            await Input.WriteAsync(input).ConfigureAwait(false);
            Input.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of that, which its exit code tells.
        }
        await Ended.ConfigureAwait(false);
        return await output.ConfigureAwait(false);
    }

    /// <summary>Kills it with all that it started and waits until it is gone.</summary>
    public void Kill()
    {
        try
        {
            if (KillTree is not null)
                KillTree.Invoke(_process, [true]);
            else
                TaskKill(_process.Id);
            _process.WaitForExit();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or TargetInvocationException)
        {
            // It ended by itself in between.
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo StartOf(ProcessCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.ArgumentText)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var variable in command.Environment)
        {
            if (variable.Value is null)
                start.Environment.Remove(variable.Key);
            else
                start.Environment[variable.Key] = variable.Value;
        }
        return start;
    }

    private static async Task ReadErrorsAsync(StreamReader errors, Action<string> errorLine)
    {
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
            errorLine(line);
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
