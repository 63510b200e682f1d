using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using McuNet.Compiler.Tests.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>The promises that every row of the catalogue keeps. MCUNET_REGENERATE=1 writes the index anew.</summary>
public sealed class DiagnosticCatalogTests
{
    private static readonly Dictionary<string, char> FirstDigitOfFile = new()
    {
        ["Import"] = '1',
        ["Graph"] = '2',
        ["Quantization"] = '3',
        ["Memory"] = '4',
        ["Device"] = '5',
        ["Build"] = '7',
        ["Tools"] = '7',
        ["Verify"] = '7',
        ["Use"] = '7',
        ["Space"] = '8',
        ["Training"] = '8',
        ["Export"] = '8',
        ["Search"] = '8',
        ["Fault"] = '9',
        ["Internal"] = '9',
    };

    private static readonly string[] ProjectsThatRunTheEngine =
    [
        "McuNet.Compiler.Tests",
        "McuNet.Conformance",
        "McuNet.Execution.Tests",
        "McuNet.Runtimes.Tests",
        "McuNet.Cli.Tests",
        "McuNet.Search.Tests",
    ];

    public static TheoryData<string> Ids => [.. DiagnosticCatalog.All.Select(d => d.Id)];

    [Fact]
    public void Catalog_Ids_AreUniqueAndOfAKnownArea()
    {
        Assert.Equal(DiagnosticCatalog.All.Select(d => d.Id).Distinct(), DiagnosticCatalog.All.Select(d => d.Id));
        Assert.All(DiagnosticCatalog.All, d => Assert.Matches("^MCU[0-9]{4}$", d.Id));
        Assert.All(DiagnosticCatalog.All, d => Assert.True(DiagnosticIndex.Covers(d), $"{d.Id} belongs to no area"));
    }

    [Fact]
    public void Catalog_Files_HoldTheirOwnRange()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "src", "McuNet.Contracts", "Diagnostics");
        var found = 0;
        foreach (var file in Directory.GetFiles(folder, "DiagnosticCatalog.*.cs"))
        {
            var area = Path.GetFileNameWithoutExtension(file).Split('.')[1];
            Assert.True(FirstDigitOfFile.TryGetValue(area, out var digit), $"{Path.GetFileName(file)} has no range");
            foreach (Match id in Regex.Matches(File.ReadAllText(file), "new\\(\\s*\"MCU([0-9]{4})\""))
            {
                found++;
                Assert.True(id.Groups[1].Value[0] == digit, $"MCU{id.Groups[1].Value} does not belong in {Path.GetFileName(file)}");
            }
        }
        Assert.Equal(DiagnosticCatalog.All.Count, found);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Format_Placeholders_AreNumberedWithoutGaps(string id)
    {
        var format = Row(id).Format;
        var used = Regex
            .Matches(format, @"\{([0-9]+)[^}]*\}")
            .Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Distinct()
            .Order();

        Assert.Equal(Enumerable.Range(0, used.Count()), used);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Title_OfEveryRow_NamesTheProblemWithoutValues(string id)
    {
        Assert.DoesNotContain("{", Row(id).Title, StringComparison.Ordinal);
        Assert.False(Row(id).Title.EndsWith('.'), "titles do not end in a full stop");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpPage_OfEveryRow_HasTitleAndNextStep(string id)
    {
        var page = Path.Combine(RepositoryFolder.Root, Row(id).HelpPage);
        Assert.True(File.Exists(page), $"{Row(id).HelpPage} is missing");

        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        Assert.StartsWith($"# {id}: {Row(id).Title}\n", text, StringComparison.Ordinal);
        Assert.Contains("\n## What to do\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpPages_WithoutARow_DoNotExist()
    {
        var pages = Directory
            .GetFiles(Path.Combine(RepositoryFolder.Root, "docs", "diagnostics"), "MCU*.md")
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Empty(pages.Except(DiagnosticCatalog.All.Select(d => d.Id)));
    }

    [Fact]
    public void Index_OfTheCatalogue_IsUpToDate()
    {
        var file = Path.Combine(RepositoryFolder.Root, "docs", "diagnostics", "README.md");
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(file, DiagnosticIndex.Text());

        Assert.Equal(DiagnosticIndex.Text(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    /// <summary>A test that only feeds an id of the engine through the build does not count as raising it.</summary>
    [Fact]
    public void EveryRow_IsRaisedByATest()
    {
        var names = typeof(DiagnosticCatalog)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
            .ToDictionary(f => ((DiagnosticDescriptor)f.GetValue(null)!).Id, f => f.Name);
        var sources = TestSources();
        var unraised = DiagnosticCatalog.All.Where(d =>
            !sources.Any(s =>
                (d.Id[3] == '7' || ProjectsThatRunTheEngine.Contains(s.Project))
                && (
                    s.Text.Contains($"\"{d.Id}\"", StringComparison.Ordinal)
                    || Regex.IsMatch(s.Text, $@"\bDiagnosticCatalog\.{names[d.Id]}\b")
                )
            )
        );

        Assert.Empty(unraised.Select(d => $"{d.Id} {names[d.Id]}"));
    }

    private static (string Project, string Text)[] TestSources()
    {
        var tests = Path.Combine(RepositoryFolder.Root, "tests");
        var house = Path.DirectorySeparatorChar + "House" + Path.DirectorySeparatorChar;
        var build = Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar;
        return Directory
            .GetFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains(house, StringComparison.Ordinal) && !f.Contains(build, StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(tests, f).Split(Path.DirectorySeparatorChar)[0], File.ReadAllText(f)))
            .ToArray();
    }

    private static DiagnosticDescriptor Row(string id) => DiagnosticCatalog.All.Single(d => d.Id == id);
}
