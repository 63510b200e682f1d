using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace McuNet.Search.Training;

/// <summary>One run of the child process: a line to send, a line to receive, the end of what it wrote to standard error.</summary>
internal sealed class TrainerConnection : IAsyncDisposable
{
    private const int TailLines = 12;

    private readonly Process _process;
    private readonly Queue<string> _tail = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Task<string?>? _reading;

    private TrainerConnection(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Starts the process; <see cref="Win32Exception"/> where that is impossible.</summary>
    public static TrainerConnection Start(TrainerCommand command)
    {
        var start = new ProcessStartInfo(command.File)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in command.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return new TrainerConnection(Process.Start(start) ?? throw new Win32Exception($"'{command.File}' did not start"));
    }

    /// <summary>What the process wrote last to standard error, as one line.</summary>
    public string Tail
    {
        get
        {
            lock (_tail)
                return _tail.Count == 0 ? "it wrote nothing to standard error" : string.Join(" | ", _tail);
        }
    }

    public async Task SendAsync(JsonObject message)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _process.StandardInput.WriteLineAsync(message.ToJsonString()).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // A dead process is noticed where its answer is awaited.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// The next message; null at the end of the process. <see cref="TimeoutException"/> after <paramref name="silence"/>,
    /// <see cref="UntrueAnswerException"/> for a line that is no JSON object.
    /// </summary>
    public async Task<JsonObject?> ReceiveAsync(TimeSpan silence)
    {
        _reading ??= _process.StandardOutput.ReadLineAsync();
        var line = await _reading.WaitAsync(silence).ConfigureAwait(false);
        _reading = null;
        if (line is null)
            return null;
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new UntrueAnswerException($"the line '{Shortened(line)}' is no JSON object");
        }
        catch (JsonException)
        {
            throw new UntrueAnswerException($"the line '{Shortened(line)}' is no JSON");
        }
    }

    /// <summary>The exit code of an ended process; waits a moment for it and for the rest of standard error.</summary>
    public async Task<string> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            return $"exit code {_process.ExitCode}";
        }
        catch (TimeoutException)
        {
            return "output closed";
        }
    }

    /// <summary>Ends the process: at once, or after it was asked to quit and had <paramref name="patience"/>.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        try
        {
            if (patience > TimeSpan.Zero)
            {
                _process.StandardInput.Close();
                await _process.WaitForExitAsync().WaitAsync(patience).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is TimeoutException or IOException or InvalidOperationException)
        {
            // It is killed below.
        }
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended on its own in between.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(TimeSpan.Zero).ConfigureAwait(false);
        _process.Dispose();
        _writing.Dispose();
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_tail)
        {
            _tail.Enqueue(line.Trim());
            if (_tail.Count > TailLines)
                _tail.Dequeue();
        }
    }

    private static string Shortened(string line) => line.Length <= 80 ? line : line[..80] + "...";
}

/// <summary>The trainer said something that cannot be.</summary>
internal sealed class UntrueAnswerException(string message) : Exception(message);
