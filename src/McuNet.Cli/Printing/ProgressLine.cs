using System;
using McuNet.Execution.Quantization;

namespace McuNet.Cli.Printing;

/// <summary>One line on the terminal that says how far a command is; nothing where standard error goes to a file.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Steps = 100;

    private readonly bool _visible = !Console.IsErrorRedirected;
    private (string Step, int Part) _shown;

    public void Show(QuantizationProgress progress)
    {
        var part = progress.Total == 0 ? Steps : (int)((long)progress.Done * Steps / progress.Total);
        if (!_visible || _shown == (progress.Step, part))
            return;
        _shown = (progress.Step, part);
        Console.Error.Write($"\r{progress.Step} {part} %".PadRight(40));
    }

    public void Clear()
    {
        if (_visible && _shown.Step is not null)
            Console.Error.Write("\r" + new string(' ', 40) + "\r");
    }

    public void Dispose() => Clear();
}
