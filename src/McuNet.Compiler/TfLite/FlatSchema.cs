using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.TfLite;

/// <summary>What a field of a FlatBuffers table holds.</summary>
internal enum FlatKind
{
    Byte,
    UByte,
    Int,
    UInt,
    ULong,
    Float,
    Text,
    Bytes,
    Ints,
    Longs,
    Floats,
    Table,
    Tables,

    /// <summary>One of several tables, which the field before it numbers from 1.</summary>
    Union,

    /// <summary>Only whether it is there is of interest.</summary>
    Presence,
}

/// <param name="Id">Place in the table, from 0.</param>
/// <param name="Of">The table or tables that it holds.</param>
internal sealed record FlatField(string Name, int Id, FlatKind Kind, FlatSchema? Of)
{
    /// <summary>Place of the field's offset in the table of offsets.</summary>
    public int Slot => 4 + 2 * Id;

    /// <summary>Bytes of the field in the table, or of an element of its vector.</summary>
    public int Size =>
        Kind switch
        {
            FlatKind.Byte or FlatKind.UByte or FlatKind.Text or FlatKind.Bytes => 1,
            FlatKind.ULong or FlatKind.Longs => 8,
            _ => 4,
        };
}

/// <summary>The fields of a FlatBuffers table, or the tables that a union may hold.</summary>
internal sealed class FlatSchema
{
    private readonly FrozenDictionary<string, FlatField> _fields;
    private readonly ImmutableArray<FlatField> _order;
    private readonly FrozenDictionary<int, FlatSchema> _choices;

    private FlatSchema(string name, ImmutableArray<FlatField> fields, FrozenDictionary<int, FlatSchema> choices)
    {
        (Name, _order, _choices) = (name, fields, choices);
        _fields = fields.ToFrozenDictionary(f => f.Name);
    }

    public string Name { get; }

    public FlatField this[string field] => _fields[field];

    /// <summary>A table with fields in the order of their ids, written <c>name: kind</c>, or <c>name: kind of part</c> where it leads to
    /// others.</summary>
    public static FlatSchema Table(string name, string fields, params FlatSchema[] parts) =>
        new(name, [.. Parse(fields, parts)], FrozenDictionary<int, FlatSchema>.Empty);

    /// <summary>A union whose other tables are passed over.</summary>
    public static FlatSchema Union(string name, params (int Number, FlatSchema Table)[] choices) =>
        new(name, [], choices.ToFrozenDictionary(c => c.Number, c => c.Table));

    /// <summary>The table of that number, or null where its fields are not known.</summary>
    public FlatSchema? Choice(int number) => _choices.GetValueOrDefault(number);

    /// <summary>The fields in the order of their ids.</summary>
    public ImmutableArray<FlatField> Fields => _order;

    private static FlatField[] Parse(string text, FlatSchema[] parts) =>
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(
                    (field, id) =>
                    {
                        var (name, kind) = field.Split(": ") is [var n, var k] ? (n, k) : throw new ArgumentException(field, nameof(text));
                        var words = kind.Split(" of ");
                        return new FlatField(
                            name,
                            id,
                            Enum.Parse<FlatKind>(words[0], ignoreCase: true),
                            words is [_, var part] ? parts.Single(p => p.Name == part) : null
                        );
                    }
                ),
        ];
}
