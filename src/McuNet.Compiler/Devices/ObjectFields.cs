using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Devices;

/// <summary>
/// Reads one JSON object property by property and reports what does not fit. A property that is missing or unusable yields a
/// neutral value, so that one pass finds everything. <see cref="Close"/> reports the properties nobody asked for.
/// </summary>
internal sealed class ObjectFields
{
    private readonly FileFindings _findings;
    private readonly LocatedValue _value;
    private readonly List<string> _asked = [];

    public ObjectFields(LocatedValue value, FileFindings findings)
    {
        _value = value;
        _findings = findings;
        if (value.Kind != JsonValueKind.Object)
            Invalid(value, "an object");
    }

    public void Close()
    {
        if (_value.Kind != JsonValueKind.Object)
            return;
        foreach (var twice in _value.Members.GroupBy(m => m.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
            _findings.Add(twice.NameOffset, DiagnosticCatalog.DevicePropertyDuplicate, _value.Path, twice.Name);
        foreach (var unknown in _value.Members.Where(m => !_asked.Contains(m.Name)))
            _findings.Add(unknown.NameOffset, DiagnosticCatalog.DevicePropertyUnknown, _value.Path, unknown.Name, string.Join(", ", _asked));
    }

    public LocatedValue? Optional(string name)
    {
        _asked.Add(name);
        var found = _value.Members.FirstOrDefault(m => m.Name == name)?.Value;
        return found?.Kind == JsonValueKind.Null ? null : found;
    }

    public LocatedValue? Required(string name, string meaning)
    {
        _asked.Add(name);
        var found = _value.Members.FirstOrDefault(m => m.Name == name)?.Value;
        if (found is null && _value.Kind == JsonValueKind.Object)
            _findings.Add(_value.Offset, DiagnosticCatalog.DevicePropertyMissing, _value.Path, name, meaning);
        return found;
    }

    public string Text(string name, string meaning) => Text(Required(name, meaning), meaning) ?? "";

    public string? OptionalText(string name, string meaning) => Text(Optional(name), meaning);

    /// <summary>A whole number of at least <paramref name="minimum"/>; the minimum where there is none.</summary>
    public long Whole(string name, string meaning, long minimum)
    {
        var found = Required(name, meaning);
        if (found is null)
            return minimum;
        if (found.Kind == JsonValueKind.Number
            && long.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= uint.MaxValue)
            return number;
        Invalid(found, $"a whole number from {minimum} to {uint.MaxValue} ({meaning})");
        return minimum;
    }

    public double Real(string name, string meaning, bool zeroAllowed) =>
        Real(Required(name, meaning), meaning, zeroAllowed) ?? 1;

    public double? OptionalReal(string name, string meaning) => Real(Optional(name), meaning, zeroAllowed: false);

    public ImmutableArray<string> Texts(string name, string meaning) => Texts(Required(name, meaning), meaning);

    public ImmutableArray<string>? OptionalTexts(string name, string meaning) =>
        Optional(name) is { } found ? Texts(found, meaning) : null;

    /// <summary>The elements of an array, none where it is missing or no array.</summary>
    public ImmutableArray<LocatedValue> Items(LocatedValue? found, string meaning)
    {
        if (found is null || found.Kind == JsonValueKind.Array)
            return found?.Items ?? [];
        Invalid(found, $"an array ({meaning})");
        return [];
    }

    /// <summary>One of a table's words, or the type's default.</summary>
    public T Word<T>(LocatedValue? found, string meaning, IReadOnlyList<(string Word, T Value)> table)
        where T : struct
    {
        if (found is null)
            return default;
        foreach (var (word, value) in table)
            if (found.Kind == JsonValueKind.String && found.Text == word)
                return value;
        Invalid(found, $"{meaning}: one of {string.Join(", ", table.Select(t => t.Word))}");
        return default;
    }

    public void Invalid(LocatedValue value, string expected) =>
        _findings.Add(value.Offset, DiagnosticCatalog.DeviceValueInvalid, value.Path, Describe(value), expected);

    private static string Describe(LocatedValue value) => value.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text '{value.Text}'",
        _ => value.Text,
    };

    private ImmutableArray<string> Texts(LocatedValue? found, string meaning) =>
        [.. Items(found, meaning).Select(item => Text(item, meaning)).OfType<string>()];

    private string? Text(LocatedValue? found, string meaning)
    {
        if (found is null)
            return null;
        if (found.Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(found.Text))
            return found.Text;
        Invalid(found, $"a text ({meaning})");
        return null;
    }

    private double? Real(LocatedValue? found, string meaning, bool zeroAllowed)
    {
        if (found is null)
            return null;
        if (found.Kind == JsonValueKind.Number
            && double.TryParse(found.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && (number > 0 || (zeroAllowed && number == 0)))
            return number;
        Invalid(found, $"a number {(zeroAllowed ? "of at least" : "above")} 0 ({meaning})");
        return null;
    }
}
