using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Processes;

namespace McuNet.Runtimes.Tools;

/// <summary>A program to run to its end.</summary>
/// <param name="TimeLimit">For the whole run on a quiet machine of today; a slower one gets longer by
/// <see cref="MachineSpeed.Slowness"/>.</param>
public sealed record ToolProcess(string File, IReadOnlyList<string> Arguments, string WorkingFolder, TimeSpan TimeLimit)
{
    /// <summary>Variables to set; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Runs it without a shell; kills it with its children at the limit.</summary>
    /// <param name="input">Its standard input.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it has been killed with its children.</exception>
    public ToolOutcome Run(CancellationToken cancellation = default, string input = "")
    {
        var error = new StringBuilder();
        using var process = ChildProcess.Start(Command(), line => error.Append(line).Append('\n'));
        var output = process.CompleteAsync(input);
        return TimePast(output, cancellation) is { } limit
            ? new ToolOutcome(-1, "", "", limit)
            : new ToolOutcome(process.ExitCode, output.Result, error.ToString(), RanPast: null);
    }

    /// <summary>Talks with a program over its standard input and output, then kills it with its children.</summary>
    /// <param name="talk">Writes to the first stream and reads from the second; at the time limit the second ends.</param>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public T Converse<T>(Func<Stream, Stream, T> talk)
    {
        using var process = ChildProcess.Start(Command(), _ => { });
        var talked = new TaskCompletionSource();
        var watch = Task.Run(() =>
        {
            if (TimePast(talked.Task, CancellationToken.None) is not null)
                process.Kill();
        });
        try
        {
            return talk(process.Input.BaseStream, process.Output.BaseStream);
        }
        finally
        {
            talked.SetResult();
            watch.Wait();
        }
    }

    private ProcessCommand Command()
    {
        var variables = new Dictionary<string, string?>(Environment);
        variables.TryAdd("LC_ALL", "C");
        return new ProcessCommand(File, Arguments, WorkingFolder) { Environment = variables };
    }

    /// <summary>Waits for the end; the limit where that does not come in time. How slow the machine is gets measured only then, and as it
    /// is then.</summary>
    private TimeSpan? TimePast(Task end, CancellationToken cancellation)
    {
        if (Comes(end, TimeLimit, cancellation))
            return null;
        var limit = TimeLimit * MachineSpeed.Slowness();
        return Comes(end, limit - TimeLimit, cancellation) ? null : limit;
    }

    private static bool Comes(Task end, TimeSpan time, CancellationToken cancellation)
    {
        try
        {
            end.WaitAsync(time, cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">-1 where it was killed.</param>
/// <param name="RanPast">The time limit at which it was killed; null where it ended by itself.</param>
public sealed record ToolOutcome(int ExitCode, string Output, string Error, TimeSpan? RanPast)
{
    public bool Succeeded => RanPast is null && ExitCode == 0;

    /// <summary>What it wrote, at most that many lines; of one that was killed, that it was.</summary>
    public string Messages(int lines = 40)
    {
        if (RanPast is { } limit)
            return $"ran longer than {Seconds(limit)} s and was stopped";
        var all = (Error + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', all.Take(lines)) + (all.Length > lines ? $"\n... {all.Length - lines} more lines" : "");
    }

    /// <summary>A time limit in whole seconds.</summary>
    public static long Seconds(TimeSpan limit) => (long)Math.Ceiling(limit.TotalSeconds);
}
