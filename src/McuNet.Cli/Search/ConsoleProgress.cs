using System;
using System.Globalization;
using McuNet.Search.Runs;

namespace McuNet.Cli.Search;

/// <summary>
/// A search's progress on standard error: one line that is written over where a person watches, else a line per phase and tenth of it.
/// </summary>
internal sealed class ConsoleProgress : IProgress<SearchProgress>
{
    private const int BarWidth = 24;

    private readonly bool _watched = !Console.IsErrorRedirected;
    private string _phase = "";
    private int _tenth;
    private int _width;

    public void Report(SearchProgress value)
    {
        var share = value.Total > 0 ? Math.Clamp((double)value.Done / value.Total, 0, 1) : 0;
        var best = value.Best is { } b ? string.Create(CultureInfo.InvariantCulture, $", best so far {100 * b:0.00} %") : "";
        var note = value.Note is null ? "" : $", {value.Note}";
        var text = string.Create(CultureInfo.InvariantCulture, $"{value.Phase} {value.Done}/{value.Total}{note}{best}");
        if (_watched)
        {
            var filled = (int)(share * BarWidth);
            var line = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {text}";
            Console.Error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
        else if (value.Phase != _phase || (int)(10 * share) > _tenth)
        {
            Console.Error.WriteLine(text);
        }
        (_phase, _tenth) = (value.Phase, (int)(10 * share));
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (_watched && _width > 0)
            Console.Error.WriteLine();
        _width = 0;
    }
}
