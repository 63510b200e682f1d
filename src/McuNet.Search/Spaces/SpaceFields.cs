using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>
/// Reads one JSON object of a search-space file field by field and reports what does not fit. A field that is missing or unusable yields a
/// neutral value, so that one pass finds everything.
/// </summary>
internal sealed class SpaceFields
{
    private const int LargestKernel = 15;

    private readonly FileFindings _findings;
    private readonly LocatedValue? _value;
    private readonly List<string> _asked = [];

    /// <param name="value">Null where the object is missing, which has been reported.</param>
    public SpaceFields(LocatedValue? value, FileFindings findings)
    {
        _findings = findings;
        _value = value?.Kind == JsonValueKind.Object ? value : null;
        if (value is not null && _value is null)
            Invalid(value, "an object");
    }

    /// <summary>Reads with <paramref name="read"/>, then reports the fields nobody asked for.</summary>
    public T Closing<T>(Func<SpaceFields, T> read)
    {
        var result = read(this);
        Close();
        return result;
    }

    public void Close()
    {
        foreach (var group in (_value?.Members ?? []).GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            if (!_asked.Contains(group.Key))
                _findings.Add(group.First().NameOffset, DiagnosticCatalog.SpaceFieldUnknown, _value!.Path, group.Key, string.Join(", ", _asked));
            foreach (var twice in group.Skip(1))
                _findings.Add(twice.NameOffset, DiagnosticCatalog.SpaceValueInvalid, twice.Value.Path, "given twice", "given once");
        }
    }

    public SpaceFields Nested(string name) => new(Find(name), _findings);

    public IEnumerable<SpaceFields> Objects(string name) => Items(name).Select(item => new SpaceFields(item, _findings));

    public string Text(string name, string meaning)
    {
        var found = Find(name);
        if (found is { Kind: JsonValueKind.String } && !string.IsNullOrWhiteSpace(found.Text))
            return found.Text;
        if (found is not null)
            Invalid(found, $"a text ({meaning})");
        return "";
    }

    public int Whole(string name, int least, int most) => Find(name) is { } found ? Whole(found, least, most) : least;

    public int Odd(string name) => Find(name) is { } found ? Odd(found) : 1;

    public double Real(string name, double above, double most) => Find(name) is { } found ? Real(found, above, most) : most;

    public ImmutableArray<int> Wholes(string name, int least, int most) => Distinct(name, item => Whole(item, least, most));

    public ImmutableArray<int> Odds(string name) => Distinct(name, Odd);

    public ImmutableArray<double> Reals(string name) => Distinct(name, item => Real(item, 0, 8));

    public T Word<T>(string name, IReadOnlyList<(string Word, T Value)> table)
    {
        if (Find(name) is not { } found)
            return table[0].Value;
        foreach (var (word, value) in table)
        {
            if (found.Kind == JsonValueKind.String && found.Text == word)
                return value;
        }
        Invalid(found, $"one of {string.Join(", ", table.Select(t => $"\"{t.Word}\""))}");
        return table[0].Value;
    }

    private LocatedValue? Find(string name)
    {
        _asked.Add(name);
        var found = _value?.Members.FirstOrDefault(m => m.Name == name)?.Value;
        if (found is null && _value is not null)
            _findings.Add(_value.Offset, DiagnosticCatalog.SpaceFieldMissing, _value.Path, name);
        return found;
    }

    private ImmutableArray<LocatedValue> Items(string name)
    {
        var found = Find(name);
        if (found is { Kind: JsonValueKind.Array, Items.IsEmpty: false })
            return found.Items;
        if (found is not null)
            Invalid(found, "a list with at least one entry");
        return [];
    }

    /// <summary>Entries in ascending order; an entry given twice would be drawn twice as often.</summary>
    private ImmutableArray<T> Distinct<T>(string name, Func<LocatedValue, T> read)
    {
        var values = new SortedSet<T>();
        foreach (var item in Items(name))
        {
            if (!values.Add(read(item)))
                Invalid(item, "different from the other entries of its list");
        }
        return [.. values];
    }

    private int Odd(LocatedValue value)
    {
        var number = Whole(value, 1, LargestKernel);
        if (number % 2 == 0)
            Invalid(value, "odd, so that padding keeps the image centred");
        return number;
    }

    private int Whole(LocatedValue value, int least, int most)
    {
        if (value.Kind == JsonValueKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Invalid(value, least == most ? $"{least}" : $"a whole number from {least} to {most}");
        return least;
    }

    private double Real(LocatedValue value, double above, double most)
    {
        if (value.Kind == JsonValueKind.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number > above && number <= most)
            return number;
        Invalid(value, string.Create(CultureInfo.InvariantCulture, $"a number above {above} and at most {most}"));
        return most;
    }

    private void Invalid(LocatedValue value, string expected) => _findings.Add(value.Offset, DiagnosticCatalog.SpaceValueInvalid, value.Path, Describe(value), expected);

    private static string Describe(LocatedValue value) => value.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.Items.IsEmpty ? "an empty list" : "a list",
        JsonValueKind.String => $"the text '{value.Text}'",
        _ => value.Text,
    };
}
