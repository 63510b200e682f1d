using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;
using McuNet.Options;

namespace McuNet.Search.Runs;

/// <summary>The fields of one object of a search file; those without a fallback must be there.</summary>
internal sealed class SearchFields(LocatedValue? value, FileFindings findings) : JsonFields(value, findings, Mistakes)
{
    private static readonly FieldMistakes Mistakes = new(
        DiagnosticCatalog.SearchFieldUnknown,
        DiagnosticCatalog.SearchFieldMissing,
        DiagnosticCatalog.SearchValueInvalid
    );

    public string? TextOrNull(string name) => Text(Find(name), "a text");

    public string Text(string name) => Text(Required(name), "a text") ?? "";

    /// <param name="fallback">Null where the field must be there.</param>
    public int Whole(string name, int least, int most, int? fallback = null)
    {
        var found = fallback is null ? Required(name) : Find(name);
        return (int)(Whole(found, least, most, $"a whole number from {least} to {most}") ?? Neutral(found, least, fallback));
    }

    public double Real(string name, double least, double most, double? fallback = null)
    {
        var found = fallback is null ? Required(name) : Find(name);
        return Real(found, n => n >= least && n <= most, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"))
            ?? Neutral(found, least, fallback);
    }

    public bool Flag(string name, bool fallback) =>
        Find(name) is { } found && Fitting(found, found.Kind is JsonValueKind.True or JsonValueKind.False, "true or false") is { } flag
            ? flag.Kind == JsonValueKind.True
            : fallback;

    public T Word<T>(string name, T fallback)
        where T : struct, Enum
    {
        var table = Enum.GetValues<T>().Select(word => (Word: word.ToString().ToLowerInvariant(), Value: word)).ToArray();
        return Word(Find(name), table, OneOf(table.Select(t => t.Word))) ?? fallback;
    }

    /// <summary>One of some words, null without the field and where it is none of them.</summary>
    public string? WordOrNull(string name, params string[] words)
    {
        var found = Find(name);
        return Fitting(
            found,
            found is { Kind: JsonValueKind.String } && words.Contains(found.Text, StringComparer.Ordinal),
            OneOf(words)
        )?.Text;
    }

    public long? Bytes(string name) => Quantity(name, Units.Bytes, "bytes, or a text such as \"64KB\"");

    public double? Milliseconds(string name) => Quantity(name, Units.Milliseconds, "milliseconds, or a text such as \"50ms\"");

    public double? Millijoules(string name) => Quantity(name, Units.Millijoules, "millijoules, or a text such as \"2mJ\"");

    /// <summary>The fields of a nested object, read and closed; an empty one where it is missing or no object.</summary>
    public T Nested<T>(string name, Func<SearchFields, T> read)
    {
        var found = Find(name);
        var fields = new SearchFields(Fitting(found, found is { Kind: JsonValueKind.Object }, "an object") ?? Nothing(name), Findings);
        var result = read(fields);
        fields.Close();
        return result;
    }

    private static string OneOf(System.Collections.Generic.IEnumerable<string> words) =>
        "one of " + string.Join(", ", words.Select(w => $"\"{w}\""));

    private static T Neutral<T>(LocatedValue? found, T least, T? fallback)
        where T : struct => found is null && fallback is { } given ? given : least;

    private T? Quantity<T>(string name, Func<string, T?> parse, string expected)
        where T : struct, IComparable<T>
    {
        var found = Find(name);
        var quantity = found is { Kind: JsonValueKind.String or JsonValueKind.Number } ? parse(found.Text) : null;
        return Fitting(found, quantity is { } given && given.CompareTo(default) > 0, expected) is null ? null : quantity;
    }

    private LocatedValue Nothing(string name) =>
        new()
        {
            Kind = JsonValueKind.Object,
            Path = $"{Place.Path}.{name}",
            Offset = Place.Offset,
        };
}
