using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Tests;

/// <summary>Writes small ONNX files for tests, independently of the reader.</summary>
internal sealed class OnnxBytes
{
    private readonly MemoryStream _graph = new();
    private readonly HashSet<string> _domains = [];

    public long Opset { get; init; } = 13;

    public string Domain { get; init; } = "";

    /// <param name="op">With the domain before a dot where it is not that of the model.</param>
    public OnnxBytes Node(string op, string inputs, string output, params (string Name, object Value)[] attributes)
    {
        using var node = new MemoryStream();
        foreach (var input in inputs.Length == 0 ? [] : inputs.Split(' '))
            Text(node, 1, input == "-" ? "" : input);
        foreach (var name in output.Split(' '))
            Text(node, 2, name == "-" ? "" : name);
        Text(node, 3, "node_" + output);
        Text(node, 4, op[(op.LastIndexOf('.') + 1)..]);
        foreach (var (name, value) in attributes)
            Bytes(node, 5, Attribute(name, value));
        Text(node, 7, op.Contains('.', StringComparison.Ordinal) ? Imported(op[..op.LastIndexOf('.')]) : Domain);
        Bytes(_graph, 1, node.ToArray());
        return this;
    }

    public OnnxBytes Tensor<T>(string name, OnnxType type, int[] dims, params T[] values)
        where T : unmanaged
    {
        using var tensor = new MemoryStream();
        foreach (var dim in dims)
            Varint(tensor, 1, dim);
        Varint(tensor, 2, (long)type);
        Text(tensor, 8, name);
        Bytes(tensor, 9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        Bytes(_graph, 5, tensor.ToArray());
        return this;
    }

    public OnnxBytes Float(string name, params float[] values) =>
        Tensor(name, OnnxType.Float, values.Length == 1 ? [] : [values.Length], values);

    public OnnxBytes Zero(string name, sbyte value = 0) => Tensor(name, OnnxType.Int8, [], value);

    public OnnxBytes External(string name, string file)
    {
        using var entry = new MemoryStream();
        Text(entry, 1, "location");
        Text(entry, 2, file);
        using var tensor = new MemoryStream();
        Varint(tensor, 1, 1000);
        Varint(tensor, 2, 1);
        Text(tensor, 8, name);
        Bytes(tensor, 13, entry.ToArray());
        Bytes(_graph, 5, tensor.ToArray());
        return this;
    }

    public OnnxBytes Input(string name, params long[] dims) => Value(11, name, OnnxType.Float, dims);

    public OnnxBytes Input(string name, OnnxType type, params long[] dims) => Value(11, name, type, dims);

    /// <summary>Dimensions of a value in between.</summary>
    public OnnxBytes Stated(string name, params long[] dims) => Value(13, name, OnnxType.Float, dims);

    public OnnxBytes Output(string name, params long[] dims) => Value(12, name, OnnxType.Float, dims);

    public OnnxBytes Output(string name, OnnxType type, params long[] dims) => Value(12, name, type, dims);

    public byte[] ToArray()
    {
        using var opset = new MemoryStream();
        Text(opset, 1, Domain);
        Varint(opset, 2, Opset);
        using var model = new MemoryStream();
        Varint(model, 1, 8);
        Bytes(model, 8, opset.ToArray());
        foreach (var domain in _domains)
        {
            using var other = new MemoryStream();
            Text(other, 1, domain);
            Varint(other, 2, 1);
            Bytes(model, 8, other.ToArray());
        }

        Bytes(model, 7, _graph.ToArray());
        return model.ToArray();
    }

    public OnnxModel Read() => OnnxReader.Read(ToArray(), "test.onnx").Value;

    private string Imported(string domain)
    {
        _domains.Add(domain);
        return domain;
    }

    private OnnxBytes Value(int field, string name, OnnxType type, long[] dims)
    {
        using var shape = new MemoryStream();
        foreach (var dim in dims)
        {
            using var one = new MemoryStream();
            if (dim >= 0)
                Varint(one, 1, dim);
            else
                Text(one, 2, "n");
            Bytes(shape, 1, one.ToArray());
        }

        using var tensor = new MemoryStream();
        Varint(tensor, 1, (long)type);
        Bytes(tensor, 2, shape.ToArray());
        using var wrapped = new MemoryStream();
        Bytes(wrapped, 1, tensor.ToArray());
        using var value = new MemoryStream();
        Text(value, 1, name);
        Bytes(value, 2, wrapped.ToArray());
        Bytes(_graph, field, value.ToArray());
        return this;
    }

    private static byte[] Attribute(string name, object value)
    {
        using var attribute = new MemoryStream();
        Text(attribute, 1, name);
        Varint(
            attribute,
            20,
            value switch
            {
                float => 1,
                int => 2,
                string => 3,
                float[] => 6,
                _ => 7,
            }
        );
        switch (value)
        {
            case int i:
                Varint(attribute, 3, i);
                break;
            case float f:
                attribute.WriteByte(2 << 3 | 5);
                attribute.Write(BitConverter.GetBytes(f));
                break;
            case string s:
                Text(attribute, 4, s);
                break;
            case float[] list:
                Bytes(attribute, 7, MemoryMarshal.AsBytes(list.AsSpan()).ToArray());
                break;
            case int[] list:
                foreach (var i in list)
                    Varint(attribute, 8, i);
                break;
        }

        return attribute.ToArray();
    }

    private static void Text(Stream to, int field, string text) => Bytes(to, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(Stream to, int field, byte[] bytes)
    {
        Varint(to, (ulong)(field << 3 | 2));
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Varint(Stream to, int field, long value)
    {
        Varint(to, (ulong)(field << 3));
        Varint(to, (ulong)value);
    }

    private static void Varint(Stream to, ulong value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }
}
