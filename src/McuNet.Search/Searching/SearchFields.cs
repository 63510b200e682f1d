using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Search.Searching;

/// <summary>Reads one JSON object of a search file; fields without a default must be there. What does not fit is reported and read as a neutral value.</summary>
internal sealed class SearchFields(LocatedValue? value, FileFindings findings)
{
    private static readonly (string Unit, double Factor)[] SizeUnits = [("KB", 1024), ("MB", 1048576), ("B", 1), ("", 1)];
    private static readonly (string Unit, double Factor)[] TimeUnits = [("ms", 1), ("s", 1000), ("", 1)];
    private static readonly (string Unit, double Factor)[] EnergyUnits = [("uJ", 1e-3), ("mJ", 1), ("", 1)];

    private readonly List<string> _asked = [];

    public bool Has(string name) => Member(name) is not null;

    public bool IsText(string name) => Member(name) is { Kind: JsonValueKind.String };

    public string? TextOrNull(string name)
    {
        var found = Find(name);
        if (found is null or { Kind: JsonValueKind.String, Text.Length: > 0 })
            return found?.Text;
        Invalid(found, "a text");
        return null;
    }

    public string Text(string name)
    {
        Need(name);
        return TextOrNull(name) ?? "";
    }

    /// <param name="fallback">Null where the field must be there.</param>
    public int Whole(string name, int least, int most, int? fallback = null)
    {
        var found = Asked(name, fallback is null);
        if (found is null)
            return fallback ?? least;
        if (found.Kind == JsonValueKind.Number && int.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Invalid(found, $"a whole number from {least} to {most}");
        return least;
    }

    public double Real(string name, double least, double most, double? fallback = null)
    {
        var found = Asked(name, fallback is null);
        if (found is null)
            return fallback ?? least;
        if (found.Kind == JsonValueKind.Number && double.TryParse(found.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Invalid(found, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return least;
    }

    public bool Flag(string name, bool fallback)
    {
        var found = Find(name);
        if (found is null or { Kind: JsonValueKind.True or JsonValueKind.False })
            return found is null ? fallback : found.Kind == JsonValueKind.True;
        Invalid(found, "true or false");
        return fallback;
    }

    public T Word<T>(string name, T fallback)
        where T : struct, Enum
    {
        var found = Find(name);
        if (found is null)
            return fallback;
        foreach (var word in Enum.GetValues<T>())
        {
            if (found.Kind == JsonValueKind.String && found.Text == word.ToString().ToLowerInvariant())
                return word;
        }
        Invalid(found, "one of " + string.Join(", ", Enum.GetNames<T>().Select(n => $"\"{n.ToLowerInvariant()}\"")));
        return fallback;
    }

    public long? Bytes(string name) => (long?)Quantity(name, SizeUnits, "bytes, or a text such as \"64KB\"");

    public double? Milliseconds(string name) => Quantity(name, TimeUnits, "milliseconds, or a text such as \"50ms\"");

    public double? Millijoules(string name) => Quantity(name, EnergyUnits, "millijoules, or a text such as \"2mJ\"");

    /// <summary>The fields of a nested object, read and closed.</summary>
    public T Nested<T>(string name, Func<SearchFields, T> read)
    {
        var found = Find(name);
        if (found is not null && found.Kind != JsonValueKind.Object)
            Invalid(found, "an object");
        var fields = new SearchFields(found is { Kind: JsonValueKind.Object } ? found : Nothing(name), findings);
        var result = read(fields);
        fields.Close();
        return result;
    }

    /// <summary>Reports fields that nobody asked for.</summary>
    public void Close()
    {
        foreach (var group in (value?.Members ?? []).GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            if (!_asked.Contains(group.Key))
                findings.Add(group.First().NameOffset, DiagnosticCatalog.SearchFieldUnknown, value!.Path, group.Key, string.Join(", ", _asked.Distinct()));
            foreach (var twice in group.Skip(1))
                findings.Add(twice.NameOffset, DiagnosticCatalog.SearchValueInvalid, twice.Value.Path, "given twice", "given once");
        }
    }

    public void Invalid(string name, string expected) => Invalid(Member(name)!, expected);

    private double? Quantity(string name, (string Unit, double Factor)[] units, string expected)
    {
        var found = Find(name);
        if (found is null)
            return null;
        if (found.Kind is JsonValueKind.String or JsonValueKind.Number)
        {
            foreach (var (unit, factor) in units)
            {
                if (found.Text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                    && double.TryParse(found.Text.AsSpan(0, found.Text.Length - unit.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
                    && number > 0)
                    return number * factor;
            }
        }
        Invalid(found, expected);
        return null;
    }

    private LocatedValue Nothing(string name) => new() { Kind = JsonValueKind.Object, Path = $"{value?.Path ?? "$"}.{name}", Offset = value?.Offset ?? 0 };

    private LocatedValue? Member(string name) => value?.Members.FirstOrDefault(m => m.Name == name)?.Value;

    private LocatedValue? Find(string name)
    {
        _asked.Add(name);
        return Member(name);
    }

    private LocatedValue? Asked(string name, bool needed)
    {
        if (needed)
            Need(name);
        return Find(name);
    }

    private void Need(string name)
    {
        if (value is not null && Member(name) is null)
            findings.Add(value.Offset, DiagnosticCatalog.SearchFieldMissing, value.Path, name);
    }

    private void Invalid(LocatedValue found, string expected) => findings.Add(found.Offset, DiagnosticCatalog.SearchValueInvalid, found.Path, found.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{found.Text}'",
        _ => found.Text,
    }, expected);
}
