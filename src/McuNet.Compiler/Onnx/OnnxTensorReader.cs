using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;

namespace McuNet.Compiler.Onnx;

/// <summary>Decodes TensorProto: raw, packed or external data become one form.</summary>
internal static class OnnxTensorReader
{
    public static OnnxTensor Read(ref WireReader parent)
    {
        var offset = parent.Offset;
        var fields = ReadFields(parent.Message());
        if (fields.IsExternal && fields.Text("location").Length == 0)
            parent.Fail($"tensor '{fields.Name}' keeps its data in a file without a name", offset);
        if (fields.IsExternal || fields.Text("location").Length > 0)
            return new(fields.Name, fields.Type, fields.Dims.ToImmutable(), default, External(fields, ref parent, offset));
        var tensor = new OnnxTensor(fields.Name, fields.Type, fields.Dims.ToImmutable(), fields.Data());
        if (Mismatch(tensor) is { } problem)
            parent.Fail($"tensor '{tensor.Name}' {problem}", offset);
        return tensor;
    }

    private static ExternalData External(Fields fields, ref WireReader parent, int at)
    {
        return new(fields.Text("location"), Bytes("offset", ref parent) ?? 0, Bytes("length", ref parent));

        long? Bytes(string key, ref WireReader parent)
        {
            var text = fields.Text(key);
            if (text.Length == 0)
                return null;
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                parent.Fail($"tensor '{fields.Name}' has '{text}' for the {key} of its data", at);
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

    private static Fields ReadFields(WireReader reader)
    {
        var fields = new Fields();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Int64s(fields.Dims);
                    break;
                case 2:
                    fields.Type = (OnnxType)(int)reader.Int64();
                    break;
                case 4:
                    fields.Append(reader.Fixed(4));
                    break;
                case 5 or 7 or 11:
                    reader.Int64s(fields.Integers);
                    break;
                case 8:
                    fields.Name = reader.Text();
                    break;
                case 9:
                    fields.Raw = reader.Bytes();
                    break;
                case 10:
                    fields.Append(reader.Fixed(8));
                    break;
                case 13:
                    fields.ReadExternal(reader.Message());
                    break;
                case 14:
                    fields.IsExternal = reader.Int64() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return fields;
    }

    private sealed class Fields
    {
        private readonly MemoryStream _typed = new();
        private readonly Dictionary<string, string> _external = [];

        public string Name { get; set; } = "";

        public OnnxType Type { get; set; }

        public WireIntegers Dims { get; } = new();

        public WireIntegers Integers { get; } = new();

        public ReadOnlyMemory<byte> Raw { get; set; }

        /// <summary>Whether the data location says that another file holds the data.</summary>
        public bool IsExternal { get; set; }

        public void Append(ReadOnlyMemory<byte> bytes) => _typed.Write(bytes.Span);

        public ReadOnlyMemory<byte> Data()
        {
            if (!Raw.IsEmpty)
                return Raw;
            return Integers.Count > 0 ? Integers.ToBytes(Math.Max(1, Type.Size())) : _typed.ToArray();
        }

        public void ReadExternal(WireReader reader)
        {
            var (key, value) = ("", "");
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1:
                        key = reader.Text();
                        break;
                    case 2:
                        value = reader.Text();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            _external[key] = value;
        }

        /// <summary>What is said of the data in another file; empty where nothing is.</summary>
        public string Text(string key) => _external.GetValueOrDefault(key, "");
    }
}
