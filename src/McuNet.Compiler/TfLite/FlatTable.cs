using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace McuNet.Compiler.TfLite;

/// <summary>A table of a verified buffer, whose fields are read by name.</summary>
/// <param name="Schema">Its fields.</param>
/// <param name="Wire">The bytes that it lies in, and how many more may be read of them.</param>
internal sealed record FlatTable(FlatSchema Schema, int Position, FlatFile Wire)
{
    public bool Has(string field) => At(field) > 0;

    public int Int(string field, int otherwise = 0) =>
        At(field) is > 0 and var at
            ? Schema[field].Kind switch
            {
                FlatKind.Byte => (sbyte)Wire.Span[at],
                FlatKind.UByte => Wire.Span[at],
                _ => MemoryMarshal.Read<int>(Wire.Span[at..]),
            }
            : otherwise;

    public long Long(string field) => At(field) is > 0 and var at ? MemoryMarshal.Read<long>(Wire.Span[at..]) : 0;

    public float Float(string field, float otherwise = 0) =>
        At(field) is > 0 and var at ? MemoryMarshal.Read<float>(Wire.Span[at..]) : otherwise;

    public string Text(string field) => Vector(field, 1) is { } text ? Encoding.UTF8.GetString(text.Span) : "";

    /// <summary>A view of the file's bytes; null where the table does not have the field.</summary>
    public ReadOnlyMemory<byte>? Bytes(string field) => Vector(field, 1, isRead: false);

    public ImmutableArray<int> Ints(string field) => Numbers<int>(field);

    public ImmutableArray<long> Longs(string field) => Numbers<long>(field);

    public ImmutableArray<float> Floats(string field) => Numbers<float>(field);

    public FlatTable? Table(string field) => At(field) is > 0 and var at ? Of(Schema[field].Of!, at) : null;

    /// <summary>The table that a union holds, or null where it holds none whose fields are known.</summary>
    /// <param name="number">Name of the field that numbers it.</param>
    public FlatTable? Union(string field, string number) =>
        At(field) is > 0 and var at && Schema[field].Of!.Choice(Int(number)) is { } schema ? Of(schema, at) : null;

    public ImmutableArray<FlatTable> Tables(string field)
    {
        var (schema, at) = (Schema[field].Of!, At(field));
        if (at == 0)
            return [];
        var start = at + Offset(at);
        var count = Offset(start);
        Wire.Read(4L * count);
        return [.. Enumerable.Range(0, count).Select(i => Of(schema, start + 4 + (4 * i)))];
    }

    private ImmutableArray<T> Numbers<T>(string field)
        where T : unmanaged => Vector(field, Marshal.SizeOf<T>()) is { } vector ? [.. MemoryMarshal.Cast<byte, T>(vector.Span)] : [];

    private ReadOnlyMemory<byte>? Vector(string field, int size, bool isRead = true)
    {
        var at = At(field);
        if (at == 0)
            return null;
        var start = at + Offset(at);
        var length = Offset(start) * size;
        if (isRead)
            Wire.Read(length);
        return Wire.Bytes.Slice(start + 4, length);
    }

    private FlatTable Of(FlatSchema schema, int at) => new(schema, at + Offset(at), Wire);

    private int Offset(int at) => MemoryMarshal.Read<int>(Wire.Span[at..]);

    /// <summary>Where a field lies, or 0 where the table does not have it.</summary>
    private int At(string field)
    {
        var (slots, slot) = (Position - Offset(Position), Schema[field].Slot);
        return slot < Word(slots) && Word(slots + slot) is > 0 and var offset ? Position + offset : 0;
    }

    private int Word(int at) => MemoryMarshal.Read<ushort>(Wire.Span[at..]);
}

/// <summary>The bytes of a FlatBuffers file, and how many more of them are to be read: vectors that lie over each other may ask for more
/// than any file holds.</summary>
internal sealed class FlatFile(byte[] bytes)
{
    private const int MostReadings = 16;

    private long _left = (long)MostReadings * bytes.Length;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    public void Read(long count)
    {
        _left -= count;
        if (_left < 0)
            throw new TfLiteFault($"its vectors lie over each other: they hold more than {MostReadings} times the file", 0);
    }
}
