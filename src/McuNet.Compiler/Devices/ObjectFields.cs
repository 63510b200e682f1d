using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Devices;

/// <summary>The properties of one object of a device file. Every question says what the property means, for the report.</summary>
internal sealed class ObjectFields(LocatedValue value, FileFindings findings) : JsonFields(value, findings, Mistakes)
{
    private static readonly FieldMistakes Mistakes = new(
        DiagnosticCatalog.DevicePropertyUnknown,
        DiagnosticCatalog.DevicePropertyMissing,
        DiagnosticCatalog.DeviceValueInvalid,
        DiagnosticCatalog.DevicePropertyDuplicate,
        "an array",
        "an array"
    );

    /// <summary>The value, null without one and for null.</summary>
    public LocatedValue? Optional(string name) => Find(name) is { Kind: not JsonValueKind.Null } found ? found : null;

    public LocatedValue? Required(string name, string meaning) => base.Required(name, meaning);

    public string Text(string name, string meaning) => base.Text(Required(name, meaning), Texts(meaning)) ?? "";

    public string? OptionalText(string name, string meaning) => base.Text(Optional(name), Texts(meaning));

    /// <summary>A whole number of at least <paramref name="minimum"/>; the minimum where there is none.</summary>
    public long Whole(string name, string meaning, long minimum) =>
        Whole(Required(name, meaning), minimum, uint.MaxValue, $"a whole number from {minimum} to {uint.MaxValue} ({meaning})") ?? minimum;

    /// <summary>A whole number of at least <paramref name="minimum"/>, null where there is none.</summary>
    public long? OptionalWhole(string name, string meaning, long minimum) =>
        Optional(name) is { } found
            ? Whole(found, minimum, uint.MaxValue, $"a whole number from {minimum} to {uint.MaxValue} ({meaning})")
            : null;

    /// <summary>A truth value, false where there is none.</summary>
    public bool OptionalFlag(string name, string meaning)
    {
        var found = Optional(name);
        return Fitting(found, found is { Kind: JsonValueKind.True or JsonValueKind.False }, $"true or false ({meaning})")
            is { Kind: JsonValueKind.True };
    }

    public double Real(string name, string meaning, bool zeroAllowed) => Real(Required(name, meaning), meaning, zeroAllowed) ?? 1;

    public double? OptionalReal(string name, string meaning) => Real(Optional(name), meaning, zeroAllowed: false);

    public ImmutableArray<string> Texts(string name, string meaning) => Texts(Required(name, meaning), meaning);

    public ImmutableArray<string>? OptionalTexts(string name, string meaning) => Optional(name) is { } found ? Texts(found, meaning) : null;

    /// <summary>The elements of an array, none where it is missing or no array.</summary>
    public ImmutableArray<LocatedValue> Items(LocatedValue? found, string meaning) =>
        Items(found, emptyAllowed: true, $"an array ({meaning})");

    /// <summary>One of a table's words, or the type's default.</summary>
    public T Word<T>(LocatedValue? found, string meaning, IReadOnlyList<(string Word, T Value)> table)
        where T : struct => Word(found, table, $"{meaning}: one of {string.Join(", ", table.Select(t => t.Word))}") ?? default;

    private static string Texts(string meaning) => $"a text ({meaning})";

    private ImmutableArray<string> Texts(LocatedValue? found, string meaning) =>
        [.. Items(found, meaning).Select(item => base.Text(item, Texts(meaning))).OfType<string>()];

    private double? Real(LocatedValue? found, string meaning, bool zeroAllowed) =>
        Real(found, n => n > 0 || (zeroAllowed && n == 0), $"a number {(zeroAllowed ? "of at least" : "above")} 0 ({meaning})");
}
