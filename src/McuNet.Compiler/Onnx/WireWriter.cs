using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace McuNet.Compiler.Onnx;

/// <summary>Writes the fields of one protocol buffer message: the counterpart of <see cref="WireReader"/>.</summary>
internal sealed class WireWriter
{
    private const int LongestVarint = 10;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Int64(int field, long value)
    {
        Key(field, WireType.Varint);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Key(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    public void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, WireType.Bytes);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>A nested message.</summary>
    public void Message(int field, Action<WireWriter> write)
    {
        var nested = new WireWriter();
        write(nested);
        Bytes(field, nested.Written);
    }

    /// <summary>A repeated integer field in packed form.</summary>
    public void Packed(int field, ReadOnlySpan<long> values)
    {
        var run = new WireWriter();
        foreach (var value in values)
            run.Varint((ulong)value);
        Bytes(field, run.Written);
    }

    private void Key(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private void Varint(ulong value)
    {
        var span = _bytes.GetSpan(LongestVarint);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
