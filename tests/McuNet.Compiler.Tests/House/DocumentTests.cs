using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Tests.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>What the documents show exists and is spelt as the product spells it.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Documents =>
        [
            .. new[] { "docs", "samples", "build/package", "src/McuNet.Build" }
                .SelectMany(f => Directory.GetFiles(Path.Combine(RepositoryFolder.Root, f), "*.md", SearchOption.AllDirectories))
                .Select(f => Path.GetRelativePath(RepositoryFolder.Root, f).Replace('\\', '/'))
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
                .Concat(["README.md", "CONTRIBUTING.md"])
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> FrontPages => ["README.md", "src/McuNet.Build/README.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Links_LeadToFiles(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryFolder.Root, document))!;
        var targets = Regex
            .Matches(Text(document), @"\]\(([^)#\s]+)[^)]*\)")
            .Select(m => m.Groups[1].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, t => Assert.True(Path.Exists(Path.Combine(folder, t)), $"{document} links to {t}, which is not there"));
    }

    /// <summary>A place within a page is a heading, by the rule of GitHub: lower case, without punctuation, hyphens for spaces.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Anchors_AreHeadings(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var links =
            from link in Regex.Matches(Text(document), @"\]\(([^)#\s:]*)#([^)\s]+)\)")
            let page = link.Groups[1].Value.Length == 0 ? document : Path.Combine(folder, link.Groups[1].Value)
            select (Page: page, Anchor: link.Groups[2].Value);

        Assert.All(links, l => Assert.True(Headings(l.Page).Contains(l.Anchor), $"{document}: no heading is {l.Page}#{l.Anchor}"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Scripts_Exist(string document)
    {
        var scripts = Regex.Matches(Text(document), @"(?<![\w/.-])build/[\w/-]+\.sh\b").Select(m => m.Value).Distinct();

        Assert.All(
            scripts,
            s => Assert.True(File.Exists(Path.Combine(RepositoryFolder.Root, s)), $"{document} names {s}, which is not there")
        );
    }

    [Theory]
    [MemberData(nameof(FrontPages))]
    public void FrontPage_ProjectSnippet_UsesKnownMetadataDeviceAndVersion(string document)
    {
        var snippet = XElement.Parse(Regex.Match(Text(document), "```xml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        var model = snippet.Descendants("McuModel").Single();
        var known = Regex
            .Matches(Text("build/package/McuModel.xaml"), "Property\\b[^>]*? Name=\"(\\w+)\"")
            .Select(m => m.Groups[1].Value)
            .ToHashSet();
        var version = XDocument.Parse(Text("Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(version, snippet.Descendants("PackageReference").Single().Attribute("Version")!.Value);
        Assert.All(model.Attributes().Select(a => a.Name.LocalName).Where(n => n != "Include"), n => Assert.Contains(n, known));
        Assert.True(DeviceDatabase.Find(model.Attribute("Device")!.Value).Succeeded);
    }

    /// <summary>The placeholders of a row's format stand for any text.</summary>
    [Fact]
    public void FrontPage_ErrorMessages_HaveTheWordingOfTheCatalogue()
    {
        var blocks = string.Join(
            "\n",
            Regex
                .Matches(Text("README.md"), "^```[a-z]*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
                .Select(m => m.Groups[1].Value)
        );
        var messages = Regex.Matches(blocks, @"error (MCU[0-9]{4}): (.*?)(?=\n\n|\z)", RegexOptions.Singleline);

        Assert.NotEmpty(messages);
        Assert.All(
            messages,
            m =>
            {
                var format = Pattern(DiagnosticCatalog.All.Single(d => d.Id == m.Groups[1].Value).Format);
                Assert.Matches(format, Regex.Replace(m.Groups[2].Value.Trim(), @"\s+", " "));
            }
        );
    }

    /// <summary>The index of the decisions is their titles. MCUNET_REGENERATE=1 writes it.</summary>
    [Fact]
    public void Decisions_Index_IsTheirTitles()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "docs", "decisions");
        var pages = Directory.GetFiles(folder, "0*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToArray();
        var index =
            "# Decisions\n\nWhy it is as it is. Where you find one wrong, write the next.\n\n"
            + string.Concat(pages.Select(p => $"- [{File.ReadLines(Path.Combine(folder, p)).First()[2..]}]({p})\n"));
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(Path.Combine(folder, "README.md"), index);
        Assert.Equal(index, Text("docs/decisions/README.md"));
    }

    /// <summary>docs/README.md is where a reader, and the site's contents, find every page.</summary>
    [Fact]
    public void Index_OfTheDocuments_NamesEveryPage()
    {
        var named = Regex.Matches(Text("docs/README.md"), @"\]\(([^)#]+)").Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var pages = Directory.GetFiles(Path.Combine(RepositoryFolder.Root, "docs"), "*.md").Select(f => Path.GetFileName(f)!);

        Assert.All(pages.Where(p => p != "README.md"), p => Assert.Contains(p, named));
    }

    /// <summary>Where a page shows a message, it has the wording of its row.</summary>
    [Fact]
    public void DiagnosticPages_Messages_HaveTheWordingOfTheCatalogue()
    {
        var wrong =
            from descriptor in DiagnosticCatalog.All
            let page = Text($"docs/diagnostics/{descriptor.Id}.md")
            let block = Regex.Match(page, "^```(?:text)?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)
            where block.Success
            let shown = Regex.Replace(block.Groups[1].Value.Trim(), @"\s+", " ")
            let message = Regex.Replace(shown, @"^.*?(?:error|warning|message) MCU[0-9]{4}: ", "")
            where !Regex.IsMatch(message, Pattern(descriptor.Format).Replace(".+?", ".*?", StringComparison.Ordinal))
            select $"{descriptor.Id}: {message}\n      is not {descriptor.Format}";
        Assert.True(!wrong.Any(), string.Join("\n", wrong));
    }

    [Fact]
    public void FrontPage_Commands_AreExecutable()
    {
        var shown = Regex.Matches(Text("README.md"), @"^\$ (build/\S+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value).Distinct();
        var commands = shown.Select(c => Path.Combine(RepositoryFolder.Root, c)).ToArray();

        Assert.NotEmpty(commands);
        Assert.All(commands, c => Assert.True(File.Exists(c), c));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var command in commands)
            Assert.True(File.GetUnixFileMode(command).HasFlag(UnixFileMode.UserExecute), command);
    }

    [Fact]
    public void Documents_Paths_NameNoMachine()
    {
        var wrong = new List<string>();
        foreach (var document in Documents)
        {
            if (Regex.IsMatch(Text(document), @"(?<![\w.~}])/(home|root|tmp|Users)/"))
                wrong.Add(document);
        }
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Headings(string page) =>
        from heading in Regex.Matches(Text(page), "^#+ (.*)$", RegexOptions.Multiline)
        let text = Regex.Replace(heading.Groups[1].Value.Trim(), @"\[([^\]]*)\]\([^)]*\)", "$1")
        select Regex.Replace(text.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

    private static string Pattern(string format) =>
        "^" + string.Join(".+?", Regex.Split(format, @"\{[0-9]+[^}]*\}").Select(p => Regex.Escape(Regex.Replace(p, @"\s+", " ")))) + "$";

    private static string Text(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Root, path)).ReplaceLineEndings("\n");
}
