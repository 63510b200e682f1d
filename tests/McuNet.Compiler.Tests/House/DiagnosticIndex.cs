using System;
using System.Linq;
using System.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Tests.House;

/// <summary>The text of docs/diagnostics/README.md, made from the catalogue.</summary>
internal static class DiagnosticIndex
{
    private static readonly (char Digit, string Heading)[] Areas =
    [
        ('1', "Import: reading the model"),
        ('2', "Graph: rules that the compiler checks on itself"),
        ('3', "Quantisation"),
        ('4', "Memory, flash, time and energy"),
        ('5', "Devices"),
        ('6', "Emission"),
        ('7', "Build, tools and verification"),
        ('8', "Search"),
        ('9', "Internal"),
    ];

    public static string Text()
    {
        var text = new StringBuilder(
            "# Diagnostics\n\nEvery finding has an id with one meaning for ever, and a page that says what to do.\n"
        );
        foreach (var (digit, heading) in Areas)
        {
            var rows = DiagnosticCatalog.All.Where(d => d.Id[3] == digit).ToArray();
            if (rows.Length == 0)
                continue;
            text.Append($"\n## {heading}\n\n| id | | problem |\n| --- | --- | --- |\n");
            foreach (var row in rows)
                text.Append($"| [{row.Id}]({row.Id}.md) | {row.Severity.ToString().ToLowerInvariant()} | {row.Title} |\n");
        }
        return text.ToString();
    }

    public static bool Covers(DiagnosticDescriptor row) => Areas.Any(a => a.Digit == row.Id[3]);
}
