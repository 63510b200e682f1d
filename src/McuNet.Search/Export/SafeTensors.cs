using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace McuNet.Search.Export;

/// <summary>
/// Files of named tensors in the safetensors layout: eight bytes of header length, a JSON header of <c>name: {dtype, shape, data_offsets}</c>, then the
/// tensors, little endian.
/// </summary>
internal static class SafeTensors
{
    private const int LengthBytes = sizeof(long);

    /// <summary>The float32 tensors of a file by name; tensors of other types are passed over. Data are views of <paramref name="file"/>.</summary>
    /// <exception cref="FormatException">The bytes are not such a file, or are cut off.</exception>
    public static IReadOnlyDictionary<string, FloatArray> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < LengthBytes)
            throw new FormatException($"it has {file.Length} bytes, too few for a safetensors file");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length < 2 || length > (ulong)(file.Length - LengthBytes))
            throw new FormatException($"its header would take {length} bytes of {file.Length - LengthBytes}; it is cut off, or no safetensors file");
        try
        {
            using var header = JsonDocument.Parse(file.Slice(LengthBytes, (int)length));
            var body = file[(LengthBytes + (int)length)..];
            return header.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__" && t.Value.GetProperty("dtype").GetString() == "F32")
                .ToDictionary(t => t.Name, t => Tensor(t.Name, t.Value, body));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"its header cannot be read ({problem.Message.TrimEnd('.')})", problem);
        }
    }

    private static FloatArray Tensor(string name, JsonElement entry, ReadOnlyMemory<byte> body)
    {
        var dims = entry.GetProperty("shape").EnumerateArray().Select(Whole).ToImmutableArray();
        var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(Whole).ToArray();
        if (offsets is not [var start, var end] || start > end)
            throw new FormatException($"tensor '{name}' has no valid place");
        if (end > body.Length)
            throw new FormatException($"tensor '{name}' ends at byte {end} of {body.Length}; the file is cut off");
        var bytes = dims.Aggregate((long)sizeof(float), (product, d) => d == 0 ? 0 : product > int.MaxValue ? product : product * d);
        if (bytes != end - start)
            throw new FormatException($"tensor '{name}' [{string.Join(", ", dims)}] has {end - start} bytes where {bytes} are called for");
        return new FloatArray(dims, body[(int)start..(int)end]);
    }

    private static long Whole(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 0
        ? value
        : throw new FormatException($"'{element.GetRawText()}' is no extent or offset");
}
