using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Options;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Samples;

/// <summary>
/// Reads samples for a network's input: a case folder (golden.json), a folder or file of raw tensors (.bin, one or more samples each), a
/// file of arrays (.npz, .npy, .safetensors) with <c>x</c>, and where given <c>y</c>, <c>mean</c> and <c>scale</c>, an IDX file, or
/// pictures in a folder or in one folder for each class.
/// </summary>
public static class SampleFiles
{
    /// <param name="model">Name of the model, for messages.</param>
    /// <param name="dims">Extents of the input, batch 1 included.</param>
    /// <returns>The samples, or MCU3008.</returns>
    public static StageResult<SampleSet> Read(string path, string model, ImmutableArray<int> dims, SampleForm form)
    {
        try
        {
            var set = Directory.Exists(path)
                ? Folder(path, dims, form)
                : Path.GetExtension(path).ToLowerInvariant() switch
                {
                    ".bin" => Raw([path], dims, form),
                    ".npz" or ".npy" or ".safetensors" => Named(SampleArrays.Read(path), dims, form.Normalization),
                    _ when File.Exists(path) && IdxFile.IsOne(path) => Idx(path, dims, form),
                    _ when File.Exists(path) => throw new FormatException("its kind of file is not known"),
                    _ => throw new FormatException("there is no such folder or file"),
                };
            if (set.Count == 0)
                throw new FormatException("it holds no sample");
            if (set.Labels is { } labels && labels.Length != set.Count)
                throw new FormatException($"there are {set.Count} samples and {labels.Length} labels");
            return set.Normalization.Fault(set.Channels) is { } fault
                ? throw new FormatException(fault)
                : StageResult<SampleSet>.Success(
                    set with
                    {
                        AreElements = form.AreElements(set.Type, set.Normalization),
                    },
                    [.. Assumed(set, form, path, model)]
                );
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            return StageResult<SampleSet>.Failure(
                Diagnostic.Create(DiagnosticCatalog.CalibrationUnreadable, path, model, problem.Message.TrimEnd('.'))
            );
        }
    }

    /// <summary>Labels from an IDX file, one of arrays with <c>y</c>, or one of bytes (.bin or any other ending).</summary>
    public static StageResult<SampleSet> WithLabels(SampleSet set, string path, string model)
    {
        try
        {
            var labels = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".npy" => Numbers(SampleArrays.Read(path)["x"]),
                ".npz" or ".safetensors" => Numbers(
                    SampleArrays.Read(path).GetValueOrDefault("y") ?? throw new FormatException("there is no array 'y'")
                ),
                _ when IdxFile.IsOne(path) => Numbers(IdxFile.Read(path)),
                _ => [.. File.ReadAllBytes(path).Select(b => (int)b)],
            };
            return labels.Length == set.Count
                ? StageResult<SampleSet>.Success(set with { Labels = labels })
                : throw new FormatException($"there are {set.Count} samples and {labels.Length} labels");
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            return StageResult<SampleSet>.Failure(
                Diagnostic.Create(DiagnosticCatalog.CalibrationUnreadable, path, model, problem.Message.TrimEnd('.'))
            );
        }
    }

    private static SampleSet Folder(string path, ImmutableArray<int> dims, SampleForm form)
    {
        if (File.Exists(Path.Combine(path, GoldenCases.FileName)))
            return Cases(path, dims);
        var files = Directory.GetFiles(path, "*.bin").Order(StringComparer.Ordinal).ToArray();
        if (files.Length > 0)
            return Raw(files, dims, form);
        if (!ImageFiles.AreIn(path))
            throw new FormatException("it holds neither .bin files nor pictures (.png, .jpg, .bmp)");
        var images = ImageFiles.Read(path, dims, PixelsOf(form));
        return form.Normalization is { } stated ? images with { Normalization = stated } : images;
    }

    private static SampleSet Cases(string path, ImmutableArray<int> dims)
    {
        var golden = GoldenCases.Read(path);
        if (!golden.Succeeded)
            throw new FormatException(golden.Diagnostics[0].Message);
        if (golden.Value.Inputs is not [var input] || input.Elements != Product(dims))
            throw new FormatException($"its cases do not have one input of [{string.Join(", ", dims)}]");
        return SampleSet.OfFloats(dims, golden.Value.Cases.SelectMany(c => input.ToGraph(c.Inputs[0]).Numbers()).ToArray());
    }

    private static IEnumerable<Diagnostic> Assumed(SampleSet set, SampleForm form, string path, string model) =>
        set.ArePixels && form is { Pixels: null, Normalization: null }
            ? [Diagnostic.Create(DiagnosticCatalog.PixelsAssumed, path, model)]
            : [];

    private static SampleSet Idx(string path, ImmutableArray<int> dims, SampleForm form)
    {
        var array = IdxFile.Read(path);
        var arePixels = array.Type == SampleType.UInt8;
        var read = Named(
            new Dictionary<string, SampleArray> { ["x"] = array },
            dims,
            form.Normalization ?? (arePixels ? Normalization.Of(PixelsOf(form)) : null)
        );
        return read with { ArePixels = arePixels };
    }

    private static PixelRange PixelsOf(SampleForm form) => form.Pixels ?? PixelRange.ZeroToOne;

    private static SampleSet Raw(IReadOnlyList<string> files, ImmutableArray<int> dims, SampleForm form)
    {
        var type = form.Normalization is null ? form.Input : SampleType.UInt8;
        var bytes = Product(dims) * type.Bytes();
        using var all = new MemoryStream();
        foreach (var file in files)
        {
            var data = File.ReadAllBytes(file);
            if (data.Length == 0 || data.Length % bytes != 0)
                throw new FormatException(
                    $"'{Path.GetFileName(file)}' has {data.Length} bytes, not a multiple of the {bytes} of one {type} sample [{string.Join(", ", dims)}]"
                        + (type == SampleType.Float32 ? " (samples of uint8 need --mean and --scale)" : "")
                );
            all.Write(data);
        }

        return new()
        {
            Dims = dims,
            Type = type,
            Data = all.ToArray(),
            Normalization = form.Normalization ?? Normalization.None,
        };
    }

    private static SampleSet Named(IReadOnlyDictionary<string, SampleArray> arrays, ImmutableArray<int> dims, Normalization? normalization)
    {
        var x =
            arrays.GetValueOrDefault("x")
            ?? throw new FormatException($"there is no array 'x', only {string.Join(", ", arrays.Keys.Order(StringComparer.Ordinal))}");
        var one = x.Dims.Skip(1).Aggregate(1, (a, b) => a * b);
        if (x.Dims.IsEmpty || one != Product(dims) || !x.Dims.Skip(1).Where(d => d > 1).SequenceEqual(dims.Where(d => d > 1)))
            throw new FormatException($"x is [{string.Join(", ", x.Dims)}], the input [{string.Join(", ", dims)}]");
        return new()
        {
            Dims = dims,
            Type = x.Type,
            Data = x.Data,
            Normalization = normalization ?? new(Reals(arrays.GetValueOrDefault("mean"), 0), Reals(arrays.GetValueOrDefault("scale"), 1)),
            Labels = arrays.GetValueOrDefault("y") is { } y ? Numbers(y) : null,
        };
    }

    private static ImmutableArray<float> Reals(SampleArray? array, float otherwise) =>
        array is null ? [otherwise] : [.. array.Numbers.Select(n => (float)n)];

    private static ImmutableArray<int> Numbers(SampleArray array) => [.. array.Numbers.Select(n => (int)n)];

    private static int Product(ImmutableArray<int> dims) => dims.Aggregate(1, (a, b) => a * b);
}
