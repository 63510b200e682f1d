using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Search.Spaces;

/// <summary>The fields of one object of a search-space file; all must be there.</summary>
/// <param name="value">Null where the object is missing, which has been reported.</param>
internal sealed class SpaceFields(LocatedValue? value, FileFindings findings) : JsonFields(value, findings, Mistakes)
{
    private const int LargestKernel = 15;

    private static readonly FieldMistakes Mistakes = new(
        DiagnosticCatalog.SpaceFieldUnknown,
        DiagnosticCatalog.SpaceFieldMissing,
        DiagnosticCatalog.SpaceValueInvalid
    );

    /// <summary>Reads with <paramref name="read"/>, then reports the fields nobody asked for.</summary>
    public T Closing<T>(Func<SpaceFields, T> read)
    {
        var result = read(this);
        Close();
        return result;
    }

    public SpaceFields Nested(string name) => new(Required(name), Findings);

    public IEnumerable<SpaceFields> Objects(string name) => Items(name).Select(item => new SpaceFields(item, Findings));

    public string Text(string name, string meaning) => base.Text(Required(name), $"a text ({meaning})") ?? "";

    public int Whole(string name, int least, int most) => Required(name) is { } found ? Whole(found, least, most) : least;

    public int Odd(string name) => Required(name) is { } found ? Odd(found) : 1;

    public double Real(string name, double above, double most) => Required(name) is { } found ? Real(found, above, most) : most;

    public ImmutableArray<int> Wholes(string name, int least, int most) => Distinct(name, item => Whole(item, least, most));

    public ImmutableArray<int> Odds(string name) => Distinct(name, Odd);

    public ImmutableArray<double> Reals(string name) => Distinct(name, item => Real(item, 0, 8));

    public T Word<T>(string name, IReadOnlyList<(string Word, T Value)> table)
        where T : struct =>
        Word(Required(name), table, $"one of {string.Join(", ", table.Select(t => $"\"{t.Word}\""))}") ?? table[0].Value;

    private ImmutableArray<LocatedValue> Items(string name) => Items(Required(name), emptyAllowed: false, "a list with at least one entry");

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

    private int Whole(LocatedValue value, int least, int most) =>
        (int)(Whole(value, least, most, least == most ? $"{least}" : $"a whole number from {least} to {most}") ?? least);

    private double Real(LocatedValue value, double above, double most) =>
        Real(value, n => n > above && n <= most, string.Create(CultureInfo.InvariantCulture, $"a number above {above} and at most {most}"))
        ?? most;
}
