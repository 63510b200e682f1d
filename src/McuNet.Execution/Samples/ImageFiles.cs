using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Options;
using StbImageSharp;

namespace McuNet.Execution.Samples;

/// <summary>Pictures as samples: files of a folder, or of one folder for each class.</summary>
public static class ImageFiles
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    public static bool AreIn(string folder) => Classes(folder).Length > 0 || In(folder).Any();

    /// <summary>All pictures in order of folder and name, with the number of the folder as label where there are folders.</summary>
    /// <param name="dims">Extents of the input: 1, 1 or 3 channels, rows, columns; or rows and columns alone.</param>
    /// <exception cref="FormatException">A file is no picture, or the input none.</exception>
    public static SampleSet Read(string folder, ImmutableArray<int> dims, PixelRange pixels)
    {
        var (channels, height, width, isLast) = Extents(dims);
        var classes = Classes(folder);
        var files =
            classes.Length == 0
                ? [.. In(folder).Select(f => (File: f, Label: 0))]
                : classes.SelectMany((c, label) => In(c).Select(f => (File: f, Label: label))).ToArray();
        var data = new byte[(long)files.Length * channels * height * width];
        for (var i = 0; i < files.Length; i++)
        {
            var picture = Read(files[i].File, channels).Resized(height, width);
            var target = data.AsSpan(i * picture.Pixels.Length);
            if (isLast)
                picture.Pixels.CopyTo(target);
            else
                picture.CopyPlanes(target);
        }

        return new()
        {
            Dims = dims,
            ChannelAxis = isLast ? 3 : 1,
            Type = SampleType.UInt8,
            Data = data,
            Normalization = Normalization.Of(pixels),
            ArePixels = true,
            Labels = classes.Length == 0 ? null : [.. files.Select(f => f.Label)],
            Classes = classes.Length == 0 ? [] : [.. classes.Select(c => Path.GetFileName(c))],
        };
    }

    private static string[] Classes(string folder) =>
        [.. Directory.GetDirectories(folder).Where(d => In(d).Any()).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> In(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(f => Endings.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Order(StringComparer.Ordinal);

    private static (int Channels, int Height, int Width, bool IsLast) Extents(ImmutableArray<int> dims) =>
        dims.Length switch
        {
            4 when dims[1] is 1 or 3 => (dims[1], dims[2], dims[3], false),
            4 when dims[3] is 1 or 3 => (dims[3], dims[1], dims[2], true),
            3 => (1, dims[1], dims[2], false),
            _ => throw new FormatException(
                $"pictures do not fit an input of [{string.Join(", ", dims)}]; one or three channels, rows and columns do"
            ),
        };

    private static Picture Read(string file, int channels)
    {
        try
        {
            var image = ImageResult.FromMemory(
                File.ReadAllBytes(file),
                channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue
            );
            return new(image.Data, image.Height, image.Width, channels);
        }
        catch (Exception problem) when (problem is not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            throw new FormatException(
                $"'{Path.GetFileName(file)}' is no picture that can be read ({problem.Message.TrimEnd('.')})",
                problem
            );
        }
    }
}
