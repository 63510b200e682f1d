using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McuNet.Quantization.Samples;

/// <summary>An array of a sample file. Invariant: <paramref name="Data"/> holds the elements that <paramref name="Dims"/> calls for.</summary>
public sealed record SampleArray(ImmutableArray<int> Dims, SampleType Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>The array as numbers.</summary>
    public double[] Numbers => [.. Enumerable.Range(0, Data.Length / Type.Bytes()).Select(i => Type.At(Data.Span, i))];
}

/// <summary>Reads files of named arrays: NumPy's .npz and .npy, and safetensors.</summary>
public static partial class SampleArrays
{
    private const int LongestHeader = 100_000_000;

    /// <summary>Arrays by name; a .npy file holds one, <c>x</c>.</summary>
    /// <exception cref="FormatException">The file is not what its name says, or holds what is not supported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, SampleArray> Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".npy" => new Dictionary<string, SampleArray> { ["x"] = Npy(File.ReadAllBytes(path)) },
                ".npz" => Npz(path),
                _ => SafeTensors(File.ReadAllBytes(path)),
            };
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or ArgumentException or OverflowException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private static Dictionary<string, SampleArray> Npz(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.Where(e => e.Name.EndsWith(".npy", StringComparison.Ordinal)).ToDictionary(e => Path.GetFileNameWithoutExtension(e.Name), e =>
        {
            using var stream = e.Open();
            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            return Npy(buffer.ToArray());
        });
    }

    private static SampleArray Npy(ReadOnlyMemory<byte> file)
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
        var dims = fields.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse).ToImmutableArray();
        return Checked(dims, TypeOf(fields.Groups["type"].Value), file[(start + length)..]);
    }

    private static Dictionary<string, SampleArray> SafeTensors(ReadOnlyMemory<byte> file)
    {
        if (file.Length < sizeof(long) || BitConverter.ToInt64(file.Span) is var length && (length < 2 || length > Math.Min(LongestHeader, file.Length - sizeof(long))))
            throw new FormatException("it is not a safetensors file");
        using var header = JsonDocument.Parse(file.Slice(sizeof(long), (int)length));
        var data = file[(sizeof(long) + (int)length)..];
        return header.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__").ToDictionary(t => t.Name, t =>
        {
            var offsets = t.Value.GetProperty("data_offsets").EnumerateArray().Select(o => checked((int)o.GetInt64())).ToArray();
            var dims = t.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToImmutableArray();
            return Checked(dims, TypeOf(t.Value.GetProperty("dtype").GetString()!), data[offsets[0]..offsets[1]]);
        });
    }

    private static SampleArray Checked(ImmutableArray<int> dims, SampleType type, ReadOnlyMemory<byte> data)
    {
        var bytes = dims.Aggregate((long)type.Bytes(), (a, b) => checked(a * b));
        return dims.All(d => d >= 0) && bytes <= data.Length
            ? new(dims, type, data[..(int)bytes])
            : throw new FormatException($"an array [{string.Join(", ", dims)}] needs {bytes} bytes, {data.Length} are there");
    }

    private static SampleType TypeOf(string name) => name switch
    {
        "<f4" or "F32" => SampleType.Float32,
        "<f8" or "F64" => SampleType.Float64,
        "|u1" or "U8" => SampleType.UInt8,
        "|i1" or "I8" => SampleType.Int8,
        "<i4" or "I32" => SampleType.Int32,
        "<i8" or "I64" => SampleType.Int64,
        _ => throw new FormatException($"the element type {name} is not supported; use float32, uint8, int8, int32 or int64"),
    };

    [GeneratedRegex(@"'descr':\s*'(?<type>[^']+)'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex Fields();
}
