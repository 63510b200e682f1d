using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace McuNet.Runtimes.Qemu;

/// <summary>A function or variable of the model's object file.</summary>
/// <param name="Kind">Letter of nm, in upper case: T code, R constant, D initialised, B zeroed.</param>
public sealed record ObjectSymbol(string Name, char Kind, int Bytes);

/// <summary>Bytes of the model as linked, after unused functions have been dropped.</summary>
/// <param name="Text">Machine code of the model.</param>
/// <param name="Rodata">Constants of the model, weights included.</param>
/// <param name="Weights">Constants whose names begin with <c>Name_weights</c>.</param>
/// <param name="Library">Code and constants of libgcc, libc and libm that linking pulled in for the model.</param>
public sealed partial record CodeSizes(
    int Text,
    int Rodata,
    int Weights,
    int Data,
    int Bss,
    int Library,
    ImmutableArray<ObjectSymbol> Symbols
)
{
    /// <summary>Flash apart from weights: code, other constants, initial values, library.</summary>
    public int FlashCode => Text + Rodata - Weights + Data + Library;

    /// <param name="map">Map file of GNU ld.</param>
    /// <param name="symbols">Output of <c>nm -S</c> on the model's object file.</param>
    internal static CodeSizes Parse(string map, string symbols, string modelObject, string modelName)
    {
        var linked = map[Math.Max(0, map.IndexOf("Linker script and memory map", StringComparison.Ordinal))..];
        var sections = InputSection()
            .Matches(linked)
            .Select(m =>
                (
                    Kind: m.Groups["kind"].Value,
                    Bytes: int.Parse(m.Groups["bytes"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                    File: m.Groups["file"].Value
                )
            )
            .ToArray();
        int Model(string kind) => sections.Where(s => s.Kind == kind && s.File == modelObject).Sum(s => s.Bytes);

        var all = ParseSymbols(symbols);
        return new CodeSizes(
            Model("text"),
            Model("rodata"),
            all.Where(s => s.Kind == 'R' && s.Name.StartsWith(modelName + "_weights", StringComparison.Ordinal)).Sum(s => s.Bytes),
            Model("data"),
            Model("bss"),
            sections
                .Where(s => s.Kind is "text" or "rodata" or "data" && s.File.Contains(".a(", StringComparison.Ordinal))
                .Sum(s => s.Bytes),
            all
        );
    }

    private static ImmutableArray<ObjectSymbol> ParseSymbols(string nm) =>
        (
            from line in nm.Split('\n')
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where fields.Length == 4
            let bytes = int.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            orderby bytes descending, fields[3]
            select new ObjectSymbol(fields[3], char.ToUpperInvariant(fields[2][0]), bytes)
        ).ToImmutableArray();

    [GeneratedRegex(
        @"^ \.(?<kind>text|rodata|data|bss)(?:\.\S+)?\s+0x[0-9a-f]+\s+0x(?<bytes>[0-9a-f]+)[ ](?<file>\S.*)$",
        RegexOptions.Multiline
    )]
    private static partial Regex InputSection();
}
