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
        [.. new[] { "docs", "samples", "build/package", "src/McuNet.Build" }
            .SelectMany(f => Directory.GetFiles(Path.Combine(RepositoryFolder.Root, f), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(RepositoryFolder.Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Concat(["README.md", "CONTRIBUTING.md"])
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> FrontPages => ["README.md", "src/McuNet.Build/README.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Links_LeadToFiles(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryFolder.Root, document))!;
        var targets = Regex.Matches(Text(document), @"\]\(([^)#\s]+)[^)]*\)").Select(m => m.Groups[1].Value).Where(t => !t.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, t => Assert.True(Path.Exists(Path.Combine(folder, t)), $"{document} links to {t}, which is not there"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Scripts_Exist(string document)
    {
        var scripts = Regex.Matches(Text(document), @"(?<![\w/.-])build/[\w/-]+\.sh\b").Select(m => m.Value).Distinct();

        Assert.All(scripts, s => Assert.True(File.Exists(Path.Combine(RepositoryFolder.Root, s)), $"{document} names {s}, which is not there"));
    }

    [Theory]
    [MemberData(nameof(FrontPages))]
    public void FrontPage_ProjectSnippet_UsesKnownMetadataDeviceAndVersion(string document)
    {
        var snippet = XElement.Parse(Regex.Match(Text(document), "```xml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        var model = snippet.Descendants("McuModel").Single();
        var known = Regex.Matches(Text("build/package/McuModel.xaml"), "Property\\b[^>]*? Name=\"(\\w+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        var version = XDocument.Parse(Text("Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(version, snippet.Descendants("PackageReference").Single().Attribute("Version")!.Value);
        Assert.All(model.Attributes().Select(a => a.Name.LocalName).Where(n => n != "Include"), n => Assert.Contains(n, known));
        Assert.True(DeviceDatabase.Find(model.Attribute("Device")!.Value).Succeeded);
    }

    /// <summary>The placeholders of a row's format stand for any text.</summary>
    [Fact]
    public void FrontPage_ErrorMessages_HaveTheWordingOfTheCatalogue()
    {
        var blocks = string.Join("\n", Regex.Matches(Text("README.md"), "^```[a-z]*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(m => m.Groups[1].Value));
        var messages = Regex.Matches(blocks, @"error (MCU[0-9]{4}): (.*?)(?=\n\n|\z)", RegexOptions.Singleline);

        Assert.NotEmpty(messages);
        Assert.All(messages, m =>
        {
            var format = Pattern(DiagnosticCatalog.All.Single(d => d.Id == m.Groups[1].Value).Format);
            Assert.Matches(format, Regex.Replace(m.Groups[2].Value.Trim(), @"\s+", " "));
        });
    }

    [Fact]
    public void FrontPage_Commands_AreExecutable()
    {
        var commands = Regex.Matches(Text("README.md"), @"^\$ (build/\S+)", RegexOptions.Multiline).Select(m => Path.Combine(RepositoryFolder.Root, m.Groups[1].Value)).Distinct().ToArray();

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

    private static string Pattern(string format) =>
        "^" + string.Join(".+?", Regex.Split(format, @"\{[0-9]+[^}]*\}").Select(p => Regex.Escape(Regex.Replace(p, @"\s+", " ")))) + "$";

    private static string Text(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Root, path)).ReplaceLineEndings("\n");
}
