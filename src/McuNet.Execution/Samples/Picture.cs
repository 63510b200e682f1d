using System;
using System.Linq;

namespace McuNet.Execution.Samples;

/// <summary>Pixels of a picture: row by row, the channels of a pixel together.</summary>
public sealed record Picture(byte[] Pixels, int Height, int Width, int Channels)
{
    /// <summary>
    /// The middle of the picture, as large as the proportions of the new one allow, scaled with a triangle filter: linear where it grows,
    /// an average over all that falls into a pixel where it shrinks (what Pillow calls BILINEAR).
    /// </summary>
    public Picture Resized(int height, int width)
    {
        if ((Height, Width) == (height, width))
            return this;
        var scale = Math.Min((double)Height / height, (double)Width / width);
        var columns = Filter(Width, width, scale);
        var rows = Filter(Height, height, scale);
        var between = new double[Height * width * Channels];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < Channels; c++)
                    between[(y * width + x) * Channels + c] = columns[x].Sum(t => t.Weight * Pixels[(y * Width + t.At) * Channels + c]);
            }
        }

        var pixels = new byte[height * width * Channels];
        for (var y = 0; y < height; y++)
        {
            for (var at = 0; at < width * Channels; at++)
                pixels[y * width * Channels + at] = (byte)
                    Math.Clamp(
                        Math.Round(rows[y].Sum(t => t.Weight * between[t.At * width * Channels + at])),
                        byte.MinValue,
                        byte.MaxValue
                    );
        }
        return new(pixels, height, width, Channels);
    }

    /// <summary>One plane for each channel behind another, as ONNX has them.</summary>
    public void CopyPlanes(Span<byte> target)
    {
        for (var i = 0; i < Pixels.Length; i++)
            target[i % Channels * Height * Width + i / Channels] = Pixels[i];
    }

    /// <summary>For each new pixel, which old ones it is made of, and their shares.</summary>
    private static (int At, double Weight)[][] Filter(int from, int to, double scale)
    {
        var reach = Math.Max(scale, 1);
        var first = (from - to * scale) / 2;
        return
        [
            .. Enumerable
                .Range(0, to)
                .Select(i =>
                {
                    var centre = first + (i + 0.5) * scale;
                    var taps = Enumerable
                        .Range((int)Math.Floor(centre - reach), (int)Math.Ceiling(2 * reach) + 2)
                        .Where(at => at >= 0 && at < from)
                        .Select(at => (At: at, Weight: 1 - Math.Abs(at + 0.5 - centre) / reach))
                        .Where(t => t.Weight > 0)
                        .ToArray();
                    var sum = taps.Sum(t => t.Weight);
                    return taps.Select(t => (t.At, t.Weight / sum)).ToArray();
                }),
        ];
    }
}
