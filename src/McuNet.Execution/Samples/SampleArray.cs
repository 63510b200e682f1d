using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace McuNet.Execution.Samples;

/// <summary>An array of a sample file. Invariant: <paramref name="Data"/> holds the elements that <paramref name="Dims"/> calls
/// for.</summary>
public sealed record SampleArray(ImmutableArray<int> Dims, SampleType Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>The array as numbers.</summary>
    public double[] Numbers => [.. Enumerable.Range(0, Data.Length / Type.Bytes()).Select(i => Type.At(Data.Span, i))];

    /// <exception cref="FormatException">The data do not have the bytes that the extents call for.</exception>
    internal static SampleArray Of(string name, ImmutableArray<int> dims, SampleType type, ReadOnlyMemory<byte> data)
    {
        var bytes = dims.Aggregate(
            (long)type.Bytes(),
            (product, d) =>
                d == 0 ? 0
                : product > int.MaxValue ? product
                : product * d
        );
        return dims.All(d => d >= 0) && bytes == data.Length
            ? new(dims, type, data)
            : throw new FormatException($"array '{name}' [{string.Join(", ", dims)}] needs {bytes} bytes, {data.Length} are there");
    }
}

/// <summary>Reads files of named arrays: NumPy's .npz and .npy, and safetensors.</summary>
public static partial class SampleArrays
{
    /// <summary>Arrays by name; a .npy file holds one, <c>x</c>.</summary>
    /// <exception cref="FormatException">The file is not what its name says, or holds what is not supported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, SampleArray> Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".npy" => new Dictionary<string, SampleArray> { ["x"] = Npy("x", File.ReadAllBytes(path)) },
                ".npz" => Npz(path),
                _ => SafeTensors.Read(File.ReadAllBytes(path)),
            };
        }
        catch (Exception problem)
            when (problem is InvalidDataException or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private static Dictionary<string, SampleArray> Npz(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive
            .Entries.Where(e => e.Name.EndsWith(".npy", StringComparison.Ordinal))
            .ToDictionary(
                NameOf,
                e =>
                {
                    using var stream = e.Open();
                    using var buffer = new MemoryStream();
                    stream.CopyTo(buffer);
                    return Npy(NameOf(e), buffer.ToArray());
                }
            );

        static string NameOf(ZipArchiveEntry entry) => Path.GetFileNameWithoutExtension(entry.Name);
    }

    private static SampleArray Npy(string name, ReadOnlyMemory<byte> file)
    {
        const int LongHeaders = 2;
        var bytes = file.Span;
        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8))
            throw new FormatException("it is not an array of NumPy");
        var start = bytes[6] >= LongHeaders ? 12 : 10;
        var length = bytes[6] >= LongHeaders ? BitConverter.ToInt32(bytes[8..]) : BitConverter.ToUInt16(bytes[8..]);
        var header = Encoding.Latin1.GetString(bytes.Slice(start, length));
        if (Fields().Match(header) is not { Success: true } fields)
            throw new FormatException("the header of an array of NumPy cannot be read");
        if (fields.Groups["order"].Value == "True")
            throw new FormatException("an array is in Fortran order; save numpy.ascontiguousarray(x)");
        var dims = fields
            .Groups["shape"]
            .Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(int.Parse)
            .ToImmutableArray();
        return SampleArray.Of(name, dims, SampleTypes.Of(fields.Groups["type"].Value), file[(start + length)..]);
    }

    [GeneratedRegex(@"'descr':\s*'(?<type>[^']+)'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex Fields();
}
