using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Spectre.Console;

namespace McuNet.Cli.Printing;

/// <summary>A bar on a terminal for the step that is done, which is drawn anew until disposal takes it away.</summary>
internal sealed class ProgressBars : IDisposable
{
    private const int Width = 24;

    private readonly TaskCompletionSource _ended = new();
    private readonly PosixSignalRegistration _interrupted;
    private readonly Task _drawing;
    private ProgressContext? _context;
    private (string Step, ProgressTask Bar)? _shown;

    public ProgressBars(IAnsiConsole terminal)
    {
        // Drawing hides the cursor, and an interrupted process may end without its end.
        _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => terminal.Cursor.Show(true));
        _drawing = terminal
            .Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .ExcludeVerticalPadding()
            .Columns(
                new ProgressBarColumn { Width = Width },
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left }
            )
            .StartAsync(context =>
            {
                _context = context;
                return _ended.Task;
            });
    }

    public void Show(string step, int done, int total, string note)
    {
        var text = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{step} {done}/{total}{note}"));
        if (_shown is not { } shown || shown.Step != step)
        {
            _shown?.Bar.StopTask();
            _shown = shown = (step, _context!.AddTask(text));
        }
        (shown.Bar.Description, shown.Bar.MaxValue, shown.Bar.Value) = (text, Math.Max(total, 1), done);
    }

    public void Dispose()
    {
        _ended.SetResult();
        _drawing.GetAwaiter().GetResult();
        _interrupted.Dispose();
    }
}
