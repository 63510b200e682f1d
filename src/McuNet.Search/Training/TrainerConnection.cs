using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Processes;

namespace McuNet.Search.Training;

/// <summary>One run of the child process: a line to send, a line to receive, the end of what it wrote to standard error.</summary>
internal sealed class TrainerConnection : IDisposable
{
    private const int TailLines = 12;

    private readonly ChildProcess _process;
    private readonly Queue<string> _tail = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private Task<string?>? _reading;

    private TrainerConnection(ProcessCommand command) => _process = ChildProcess.Start(command, Keep);

    /// <summary>Starts the process; <see cref="Win32Exception"/> where that is impossible.</summary>
    public static TrainerConnection Start(TrainerCommand command) =>
        new(
            new ProcessCommand(command.File, command.Arguments, WorkingDirectory: "")
            {
                Environment = command.Environment.ToDictionary(e => e.Key, e => (string?)e.Value),
            }
        );

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
            await _process.Input.WriteLineAsync(message.ToJsonString()).ConfigureAwait(false);
            await _process.Input.FlushAsync().ConfigureAwait(false);
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
        _reading ??= _process.Output.ReadLineAsync();
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
            await _process.Ended.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            return $"exit code {_process.ExitCode}";
        }
        catch (TimeoutException)
        {
            return "output closed";
        }
    }

    /// <summary>Asks the process to quit and waits for its end, but not longer than <paramref name="patience"/>.</summary>
    public async Task QuitAsync(TimeSpan patience)
    {
        try
        {
            _process.Input.Close();
            await _process.Ended.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            // Disposal kills it.
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _writing.Dispose();
    }

    private void Keep(string line)
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
