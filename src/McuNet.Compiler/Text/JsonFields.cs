using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Text;

/// <summary>What one kind of file calls mistakes in its objects.</summary>
/// <param name="Unknown">Takes the object's path, the field, and the known fields.</param>
/// <param name="Missing">Takes the object's path, the field, and what <see cref="JsonFields.Required"/> is told.</param>
/// <param name="Invalid">Takes the value's path, what it is, and what it must be.</param>
/// <param name="Twice">Takes the object's path and the field; null where <paramref name="Invalid"/> says it.</param>
/// <param name="Array">What a JSON array is called, and an empty one.</param>
internal sealed record FieldMistakes(
    DiagnosticDescriptor Unknown,
    DiagnosticDescriptor Missing,
    DiagnosticDescriptor Invalid,
    DiagnosticDescriptor? Twice = null,
    string Array = "a list",
    string EmptyArray = "an empty list"
);

/// <summary>
/// Reads one JSON object field by field and reports what does not fit. A field that is missing or unusable yields null, for which readers
/// of a kind of file put a neutral value, so that one pass finds everything.
/// </summary>
internal abstract class JsonFields
{
    private readonly LocatedValue? _value;
    private readonly FieldMistakes _mistakes;
    private readonly List<string> _asked = [];

    /// <param name="value">Null where the object is missing, which has been reported; what is no object is reported here.</param>
    protected JsonFields(LocatedValue? value, FileFindings findings, FieldMistakes mistakes)
    {
        (Findings, _mistakes) = (findings, mistakes);
        _value = value?.Kind == JsonValueKind.Object ? value : null;
        if (value is not null && _value is null)
            Invalid(value, "an object");
    }

    protected FileFindings Findings { get; }

    /// <summary>Where the object begins in the file, 0 without one; and its path.</summary>
    protected (int Offset, string Path) Place => (_value?.Offset ?? 0, _value?.Path ?? "$");

    /// <summary>Reports fields that nobody asked for, and those that are there twice.</summary>
    public void Close()
    {
        foreach (var group in (_value?.Members ?? []).GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            if (!_asked.Contains(group.Key))
                Findings.Add(group.First().NameOffset, _mistakes.Unknown, _value!.Path, group.Key, string.Join(", ", _asked.Distinct()));
            foreach (var twice in group.Skip(1))
            {
                if (_mistakes.Twice is { } own)
                    Findings.Add(twice.NameOffset, own, _value!.Path, twice.Name);
                else
                    Findings.Add(twice.NameOffset, _mistakes.Invalid, twice.Value.Path, "given twice", "given once");
            }
        }
    }

    public void Invalid(LocatedValue value, string expected) =>
        Findings.Add(
            value.Offset,
            _mistakes.Invalid,
            value.Path,
            value.Kind switch
            {
                JsonValueKind.Object => "an object",
                JsonValueKind.Array => value.Items.IsEmpty ? _mistakes.EmptyArray : _mistakes.Array,
                JsonValueKind.String => $"the text '{value.Text}'",
                _ => value.Text,
            },
            expected
        );

    /// <summary>The field's value, null without one.</summary>
    protected LocatedValue? Find(string name)
    {
        _asked.Add(name);
        return _value?.Members.FirstOrDefault(m => m.Name == name)?.Value;
    }

    /// <summary>The same, reported where it is missing.</summary>
    /// <param name="more">What the report says besides object and field.</param>
    protected LocatedValue? Required(string name, params object[] more)
    {
        var found = Find(name);
        if (found is null && _value is not null)
            Findings.Add(_value.Offset, _mistakes.Missing, [_value.Path, name, .. more]);
        return found;
    }

    protected string? Text(LocatedValue? found, string expected) =>
        Fitting(found, found is { Kind: JsonValueKind.String } && !string.IsNullOrWhiteSpace(found.Text), expected)?.Text;

    protected long? Whole(LocatedValue? found, long least, long most, string expected)
    {
        var number = 0L;
        var fits =
            found?.Kind == JsonValueKind.Number
            && long.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number >= least
            && number <= most;
        return Fitting(found, fits, expected) is null ? null : number;
    }

    protected double? Real(LocatedValue? found, Func<double, bool> allowed, string expected)
    {
        var number = 0.0;
        var fits =
            found?.Kind == JsonValueKind.Number
            && double.TryParse(found.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number)
            && allowed(number);
        return Fitting(found, fits, expected) is null ? null : number;
    }

    protected T? Word<T>(LocatedValue? found, IEnumerable<(string Word, T Value)> table, string expected)
        where T : struct
    {
        foreach (var (word, value) in found is { Kind: JsonValueKind.String } ? table : [])
        {
            if (found!.Text == word)
                return value;
        }
        Fitting(found, false, expected);
        return null;
    }

    protected ImmutableArray<LocatedValue> Items(LocatedValue? found, bool emptyAllowed, string expected) =>
        Fitting(found, found is { Kind: JsonValueKind.Array } && (emptyAllowed || !found.Items.IsEmpty), expected)?.Items ?? [];

    /// <summary>The value where it fits; where it does not, null and a report; null for none.</summary>
    protected LocatedValue? Fitting(LocatedValue? found, bool fits, string expected)
    {
        if (fits)
            return found;
        if (found is not null)
            Invalid(found, expected);
        return null;
    }
}
