using System;
using System.Globalization;
using System.IO;
using McuNet.Search.Training;

namespace McuNet.Cli.Train;

/// <summary>A line with bar, loss, accuracy, speed and remaining steps, rewritten in place; nothing where there is no writer.</summary>
internal sealed class TrainProgress(TextWriter? writer) : IProgress<TrainerProgress>
{
    private const int BarWidth = 24;

    private readonly object _gate = new();
    private int _width;

    public void Report(TrainerProgress value)
    {
        if (writer is null)
            return;
        var line = Line(value);
        lock (_gate)
        {
            writer.Write('\r' + line.PadRight(_width));
            _width = line.Length;
            if (value.Step == value.Steps)
                End();
        }
    }

    /// <summary>Ends the line, where one is begun.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_width > 0)
                writer?.WriteLine();
            _width = 0;
        }
    }

    private static string Line(TrainerProgress value)
    {
        var done = value.Steps > 0 ? (int)((long)BarWidth * value.Step / value.Steps) : 0;
        var bar = new string('#', done).PadRight(BarWidth, '.');
        var figures = value.Loss is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  loss {value.Loss:0.000}  accuracy {value.Accuracy * 100:0.0} %  {value.ImagesPerSecond:0} images/s  {value.Steps - value.Step} steps left"
            );
        return $"{value.Stage ?? value.Op, -9} [{bar}] {value.Step}/{value.Steps}{figures}";
    }
}
