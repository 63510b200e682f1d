using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace McuNet.Execution.Samples;

/// <summary>
/// The form of the MNIST files: two bytes 0, the element type, the number of dimensions, the extents as big-endian numbers of 32 bits, then
/// the elements, big endian too. Also compressed by gzip.
/// </summary>
public static class IdxFile
{
    private const int Head = 4;
    private const int MostDimensions = 8;

    public static bool IsOne(string path)
    {
        using var file = Open(path);
        Span<byte> head = stackalloc byte[Head];
        return file.ReadAtLeast(head, Head, throwOnEndOfStream: false) == Head
            && head[..2] is [0, 0]
            && TypeOf(head[2]) is not null
            && head[3] is > 0 and <= MostDimensions;
    }

    /// <exception cref="FormatException">It is cut off, or longer than its extents say.</exception>
    public static SampleArray Read(string path)
    {
        using var file = Open(path);
        using var all = new MemoryStream();
        file.CopyTo(all);
        var bytes = all.ToArray();
        var (type, count) = (TypeOf(bytes[2])!.Value, bytes[3]);
        var start = Head + sizeof(int) * count;
        if (bytes.Length < start)
            throw new FormatException($"it ends within its {count} extents");
        var dims = Enumerable
            .Range(0, count)
            .Select(d => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(Head + sizeof(int) * d)))
            .ToImmutableArray();
        var data = bytes.AsMemory(start);
        for (var at = 0; type.Bytes() > 1 && at + type.Bytes() <= data.Length; at += type.Bytes())
            data.Span.Slice(at, type.Bytes()).Reverse();
        return SampleArray.Of("x", dims, type, data);
    }

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static SampleType? TypeOf(byte code) =>
        code switch
        {
            0x08 => SampleType.UInt8,
            0x09 => SampleType.Int8,
            0x0c => SampleType.Int32,
            0x0d => SampleType.Float32,
            0x0e => SampleType.Float64,
            _ => null,
        };
}
