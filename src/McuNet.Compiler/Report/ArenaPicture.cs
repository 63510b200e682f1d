using System;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Report;

/// <summary>The arena: offset over time, a box wherever bytes of a buffer live. Rings show as bands of constant height, whole tensors as
/// stairs.</summary>
public static class ArenaPicture
{
    private const int Height = 360;
    private const int Lines = 6;

    public static string Svg(CompiledModel model)
    {
        var (time, bytes) = (new Timeline(model), Math.Max(1, model.Memory.ArenaBytes));
        var plane = new SvgPlane(
            $"Arena of {model.Graph.Name}: {bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes",
            time.Cycles,
            Height
        );
        double Y(int offset) => (double)offset / bytes * Height;
        for (var line = 0; line <= Lines; line++)
            plane.Label(Y(line * bytes / Lines), string.Create(CultureInfo.InvariantCulture, $"{line * bytes / Lines:N0} bytes"));
        for (var b = 0; b < model.Memory.Buffers.Length; b++)
        {
            var buffer = model.Memory.Buffers[b];
            foreach (var live in buffer.Live.Where(l => l.Hi > l.Lo))
            {
                var (begin, end) = (buffer.Offset + live.Lo, buffer.Offset + live.Hi);
                plane.Box(
                    time.At(live.Begin),
                    time.At(live.End),
                    Y(begin),
                    Y(end) - Y(begin),
                    b,
                    string.Create(CultureInfo.InvariantCulture, $"{buffer.Name}: bytes {begin:N0} to {end:N0}")
                );
            }

            var widest = buffer.Live.MaxBy(l => (time.At(l.End) - time.At(l.Begin)) * (l.Hi - l.Lo));
            if (Y(widest.Hi - widest.Lo) >= 12)
                plane.Name(time.At(widest.Begin), time.At(widest.End), Y(buffer.Offset + widest.Lo) + 11, buffer.Name);
        }
        return plane.ToString();
    }
}
