using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using McuNet.Compiler.Onnx.Wire;

namespace McuNet.Compiler.Onnx;

/// <summary>Decodes TensorProto: raw, packed or external data become one form.</summary>
internal static class OnnxTensorReader
{
    private const int ExternalLocation = 1;

    public static OnnxTensor Read(TensorProto message, OnnxFault fault)
    {
        var name = OnnxReader.Text(message.Name);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in message.ExternalData)
            places[OnnxReader.Text(entry.Key)] = OnnxReader.Text(entry.Value);
        var location = places.GetValueOrDefault("location", "");
        var isExternal = message.DataLocation == ExternalLocation;
        if (isExternal && location.Length == 0)
            fault.Set($"tensor '{name}' keeps its data in a file without a name");
        var external = isExternal || location.Length > 0 ? new ExternalData(location, Bytes("offset") ?? 0, Bytes("length")) : null;
        var type = (OnnxType)message.DataType;
        var tensor = new OnnxTensor(name, type, [.. message.Dims], external is null ? Data(message, type) : default, external);
        if (external is null && Mismatch(tensor) is { } problem)
            fault.Set($"tensor '{name}' {problem}");
        return tensor;

        long? Bytes(string key)
        {
            var text = places.GetValueOrDefault(key, "");
            if (text.Length == 0)
                return null;
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                fault.Set($"tensor '{name}' has '{text}' for the {key} of its data");
            return bytes;
        }
    }

    /// <summary>What is wrong with the data of a tensor that has its data; null where it holds the elements that its dimensions call
    /// for.</summary>
    internal static string? Mismatch(OnnxTensor tensor)
    {
        var elements = 1L;
        foreach (var dim in tensor.Dims)
        {
            if (dim < 0 || dim > int.MaxValue)
                return $"has a dimension of {dim}";
            elements = Math.Min(elements * dim, int.MaxValue);
        }

        var size = tensor.Type.Size();
        if (size == 0 || tensor.Data.Length == elements * size)
            return null;
        return $"holds {tensor.Data.Length} bytes where its dimensions call for {elements * size}";
    }

    private static ReadOnlyMemory<byte> Data(TensorProto message, OnnxType type)
    {
        if (!message.RawData.IsEmpty)
            return message.RawData.Memory;
        if (new[] { message.Int32Data, message.Int64Data, message.Uint64Data }.FirstOrDefault(d => d.Count > 0) is { } integers)
            return LowBytes(integers, Math.Max(1, type.Size()));
        return message.FloatData.Count > 0
            ? MemoryMarshal.AsBytes(message.FloatData.ToArray().AsSpan()).ToArray()
            : MemoryMarshal.AsBytes(message.DoubleData.ToArray().AsSpan()).ToArray();
    }

    /// <summary>The low bytes of each value, little-endian.</summary>
    private static byte[] LowBytes(RepeatedField<long> values, int size)
    {
        var bytes = new byte[values.Count * size];
        for (var i = 0; i < values.Count; i++)
            MemoryMarshal.AsBytes([values[i]])[..size].CopyTo(bytes.AsSpan(i * size));
        return bytes;
    }
}
