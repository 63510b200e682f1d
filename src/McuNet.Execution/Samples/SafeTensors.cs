using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;

namespace McuNet.Execution.Samples;

/// <summary>
/// Files of named arrays in the safetensors layout: eight bytes of header length, a JSON header of <c>name: {dtype, shape,
/// data_offsets}</c>, then the arrays, little endian.
/// </summary>
public static class SafeTensors
{
    private const int LengthBytes = sizeof(long);

    /// <summary>The arrays by name; their data are views of <paramref name="file"/>.</summary>
    /// <exception cref="FormatException">The bytes are not such a file, are cut off, or hold an element type that is not
    /// supported.</exception>
    public static IReadOnlyDictionary<string, SampleArray> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < LengthBytes)
            throw new FormatException($"it has {file.Length} bytes, too few for a safetensors file");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length < 2 || length > (ulong)(file.Length - LengthBytes))
            throw new FormatException(
                $"its header would take {length} bytes of {file.Length - LengthBytes}; it is cut off, or no safetensors file"
            );
        try
        {
            using var header = JsonDocument.Parse(file.Slice(LengthBytes, (int)length));
            var body = file[(LengthBytes + (int)length)..];
            return header
                .RootElement.EnumerateObject()
                .Where(t => t.Name != "__metadata__")
                .ToDictionary(t => t.Name, t => Array(t.Name, t.Value, body));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"its header cannot be read ({problem.Message.TrimEnd('.')})", problem);
        }
    }

    private static SampleArray Array(string name, JsonElement entry, ReadOnlyMemory<byte> body)
    {
        var type = SampleTypes.Of(entry.GetProperty("dtype").GetString());
        var dims = entry.GetProperty("shape").EnumerateArray().Select(Whole).ToImmutableArray();
        if (entry.GetProperty("data_offsets").EnumerateArray().Select(Whole).ToArray() is not [var start, var end] || start > end)
            throw new FormatException($"array '{name}' has no valid place");
        if (end > body.Length)
            throw new FormatException($"array '{name}' ends at byte {end} of {body.Length}; the file is cut off");
        return SampleArray.Of(name, dims, type, body[start..end]);
    }

    private static int Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 0
            ? value
            : throw new FormatException($"'{element.GetRawText()}' is no extent or offset");
}
