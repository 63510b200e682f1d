using System;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.TfLite;

/// <summary>
/// Whether a FlatBuffers file may be read by a schema: every table, its table of offsets, and every vector lie within the file. They may
/// lie over each other.
/// </summary>
/// <remarks>
///     table:   [distance back to the offsets, 4][fields ...]         offsets: [their bytes, 2][bytes of the table, 2][field 0, 2][field 1,
/// 2] ...     a field of 0 bytes into the table is absent; a vector, a text or another table lies as many bytes behind its field as that
/// holds
/// </remarks>
internal sealed class FlatVerifier
{
    private const int MostTables = 1 << 20;
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _tables;

    private FlatVerifier(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <returns>Where the root lies; throws at the first place that leads out of the file.</returns>
    public static int Verify(ReadOnlyMemory<byte> bytes, FlatSchema root)
    {
        var verifier = new FlatVerifier(bytes);
        var at = verifier.Target(0, 4, "its root");
        verifier.Table(at, root);
        return at;
    }

    private void Table(int at, FlatSchema schema)
    {
        if (++_tables > MostTables)
            throw new TfLiteFault($"it holds more than {MostTables:N0} tables", at);
        Require(at, 4, at, $"table {schema.Name}");
        var distance = Int(at);
        var offsets = (long)at - distance;
        Require(offsets, 4, at, $"the offsets of {schema.Name}");
        var (length, size) = (Word((int)offsets), Word((int)offsets + 2));
        if (length < 4 || length % 2 != 0 || size < 4)
            throw new TfLiteFault($"the offsets of {schema.Name} are {length} bytes for a table of {size}", offsets);
        Require(offsets, length, at, $"the offsets of {schema.Name}");
        Require(at, size, at, $"table {schema.Name}");
        foreach (var field in schema.Fields)
        {
            var offset = field.Slot < length ? Word((int)offsets + field.Slot) : 0;
            if (offset == 0)
                continue;
            if (
                offset < 4
                || offset
                    + (
                        field.Kind is FlatKind.Byte or FlatKind.UByte ? 1
                        : field.Kind == FlatKind.ULong ? 8
                        : 4
                    )
                    > size
            )
                throw new TfLiteFault($"{schema.Name}.{field.Name} lies {offset} bytes into a table of {size}", at);
            Field(at, at + offset, schema, field);
        }
    }

    private void Field(int table, int at, FlatSchema schema, FlatField field)
    {
        var name = $"{schema.Name}.{field.Name}";
        switch (field.Kind)
        {
            case FlatKind.Text or FlatKind.Bytes or FlatKind.Ints or FlatKind.Longs or FlatKind.Floats:
                Vector(at, field.Size, name);
                break;
            case FlatKind.Table:
                Table(Target(at, 4, name), field.Of!);
                break;
            case FlatKind.Tables:
                var (start, count) = Vector(at, 4, name);
                for (var i = 0; i < count; i++)
                    Table(Target(start + (4 * i), 4, name), field.Of!);
                break;
            case FlatKind.Union when field.Of!.Choice(Number(table, field)) is { } choice:
                Table(Target(at, 4, name), choice);
                break;
        }
    }

    /// <summary>The number of a union's table, which the field before it holds.</summary>
    private int Number(int table, FlatField union)
    {
        var offsets = table - Int(table);
        return Word(offsets + union.Slot - 2) is > 0 and var offset ? _bytes.Span[table + offset] : 0;
    }

    private (int Start, int Count) Vector(int at, int size, string name)
    {
        var start = Target(at, 4, name);
        var count = (long)(uint)Int(start);
        Require(start + 4L, count * size, at, $"{name} of {count:N0} elements");
        return (start + 4, (int)count);
    }

    /// <summary>Where an offset leads.</summary>
    /// <param name="size">Bytes that lie there at least.</param>
    private int Target(int at, int size, string name)
    {
        Require(at, 4, at, name);
        var target = at + (long)(uint)Int(at);
        Require(target, size, at, name);
        return (int)target;
    }

    private void Require(long start, long length, long at, string name)
    {
        if (start < 0 || start + length > _bytes.Length)
            throw new TfLiteFault($"{name} would lie from byte {start} to {start + length}", at);
    }

    private int Int(int at) => MemoryMarshal.Read<int>(_bytes.Span[at..]);

    private int Word(int at) => MemoryMarshal.Read<ushort>(_bytes.Span[at..]);
}
