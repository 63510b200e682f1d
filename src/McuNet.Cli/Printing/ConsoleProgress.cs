using System;
using System.Globalization;
using System.IO;
using McuNet.Execution.Quantization;
using McuNet.Search.Runs;
using McuNet.Search.Training;

namespace McuNet.Cli.Printing;

/// <summary>How far a command is, on standard error: a bar where a person watches, else lines, or nothing.</summary>
internal sealed class ConsoleProgress : IProgress<SearchProgress>, IProgress<TrainerProgress>, IDisposable
{
    private const int Parts = 10;

    private readonly object _gate = new();
    private readonly TextWriter? _lines;
    private ProgressBars? _bars;
    private string _step = "";
    private int _part;

    private ConsoleProgress(TextWriter? lines) => _lines = lines;

    /// <summary>Of work of minutes: a bar; nothing where nobody watches.</summary>
    public static ConsoleProgress Brief() => new(lines: null);

    /// <summary>Of work of hours: a bar, else a line per step and tenth of it.</summary>
    public static ConsoleProgress Lasting() => new(Console.Error);

    public void Report(SearchProgress value)
    {
        var best = value.Best is { } b ? string.Create(CultureInfo.InvariantCulture, $", best so far {100 * b:0.00} %") : "";
        Report(value.Phase, value.Done, value.Total, (value.Note is null ? "" : $", {value.Note}") + best);
    }

    public void Report(TrainerProgress value) =>
        Report(
            value.Stage ?? value.Op,
            value.Step,
            value.Steps,
            value.Loss is null
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $", loss {value.Loss:0.000}, accuracy {value.Accuracy * 100:0.0} %, {value.ImagesPerSecond:0} images/s"
                )
        );

    public void Report(QuantizationProgress value) => Report(value.Step, value.Done, value.Total, "");

    /// <summary>Takes the bar away; what is reported later begins a new one.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _bars?.Dispose();
            _bars = null;
        }
    }

    private void Report(string step, int done, int total, string note)
    {
        lock (_gate)
        {
            if (!Console.IsErrorRedirected)
                Draw(step, done, total, note);
            else if (_lines is not null)
                Write(_lines, step, done, total, note);
        }
    }

    private void Draw(string step, int done, int total, string note) =>
        (_bars ??= new ProgressBars(Terminal.Of(Console.Error))).Show(step, done, total, note);

    private void Write(TextWriter lines, string step, int done, int total, string note)
    {
        var part = total > 0 ? (int)(Parts * Math.Clamp((double)done / total, 0, 1)) : 0;
        if (step != _step || part > _part)
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step} {done}/{total}{note}"));
        (_step, _part) = (step, part);
    }
}
