using System;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace McuNet.Compiler.Text;

/// <summary>A JSON value that knows its place.</summary>
internal sealed record LocatedValue
{
    public required JsonValueKind Kind { get; init; }

    /// <summary>JSON path from the root, such as <c>$.memory[1].bytes</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Byte offset of the first character.</summary>
    public required int Offset { get; init; }

    /// <summary>The decoded string, or the number as written.</summary>
    public string Text { get; init; } = "";

    public ImmutableArray<LocatedMember> Members { get; init; } = [];

    public ImmutableArray<LocatedValue> Items { get; init; } = [];
}

/// <summary>A property of an object, with the byte offset of its name.</summary>
internal sealed record LocatedMember(string Name, int NameOffset, LocatedValue Value);

/// <summary>Parses strict JSON into values with offsets, which <see cref="JsonDocument"/> does not keep.</summary>
internal static class LocatedJson
{
    /// <summary>
    /// The root value. Throws <see cref="JsonException"/> where the text is not JSON, with line and byte in the line, or without
    /// a line and then the byte in the whole text.
    /// </summary>
    public static LocatedValue Parse(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        var root = Value(ref reader, "$");
        reader.Read();
        return root;
    }

    private static LocatedValue Value(ref Utf8JsonReader reader, string path)
    {
        var offset = checked((int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader, path, offset),
            JsonTokenType.StartArray => Array(ref reader, path, offset),
            JsonTokenType.String => Leaf(JsonValueKind.String, Decoded(ref reader)),
            JsonTokenType.Number => Leaf(JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => Leaf(JsonValueKind.True, "true"),
            JsonTokenType.False => Leaf(JsonValueKind.False, "false"),
            _ => Leaf(JsonValueKind.Null, "null"),
        };

        LocatedValue Leaf(JsonValueKind kind, string text) =>
            new()
            {
                Kind = kind,
                Path = path,
                Offset = offset,
                Text = text,
            };
    }

    /// <summary>Strings may still hold bytes that are not UTF-8 or half of a surrogate pair; then only the offset is known.</summary>
    private static string Decoded(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("The text is not valid Unicode.", null, null, reader.TokenStartIndex);
        }
    }

    private static LocatedValue Object(ref Utf8JsonReader reader, string path, int offset)
    {
        var members = ImmutableArray.CreateBuilder<LocatedMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Decoded(ref reader);
            var nameOffset = checked((int)reader.TokenStartIndex);
            reader.Read();
            members.Add(new(name, nameOffset, Value(ref reader, $"{path}.{name}")));
        }

        return new()
        {
            Kind = JsonValueKind.Object,
            Path = path,
            Offset = offset,
            Members = members.ToImmutable(),
        };
    }

    private static LocatedValue Array(ref Utf8JsonReader reader, string path, int offset)
    {
        var items = ImmutableArray.CreateBuilder<LocatedValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, $"{path}[{items.Count}]"));
        return new()
        {
            Kind = JsonValueKind.Array,
            Path = path,
            Offset = offset,
            Items = items.ToImmutable(),
        };
    }
}
