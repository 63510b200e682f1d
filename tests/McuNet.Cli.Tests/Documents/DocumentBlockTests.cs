using System;
using System.Collections.Frozen;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McuNet.Compiler.Devices;
using McuNet.Options;
using McuNet.Search.Runs;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Cli.Tests.Documents;

/// <summary>
/// Every fenced block of the README and the pages of docs is something that is held: XML and JSON are read here, C and C# compiled
/// (DocumentCodeTests), commands run (DocumentCommandTests).
/// </summary>
public sealed class DocumentBlockTests
{
    private static readonly FrozenSet<string> Held = new[] { "console", "text", "xml", "json", "c", "csharp" }.ToFrozenSet();

    private static readonly string[] SearchMetadata = ["Include", "OutputFile", "Device", "Folder", "Seed", "Trainer"];

    public static TheoryData<string> Xml => Documents.Places("xml");

    public static TheoryData<string> Json => Documents.Places("json");

    [Fact]
    public void Blocks_AreOfAKindThatIsHeld_OrSayForWhichVersionTheyWereWritten() =>
        Assert.All(
            Documents.Blocks,
            b =>
                Assert.True(
                    Held.Contains(b.Language) || b.IsNotRun,
                    $"{b} is '{b.Language}', not {string.Join(", ", Held)}, nor is its first line a comment 'written for NAME VERSION; not run here'"
                )
        );

    [Theory]
    [MemberData(nameof(Xml))]
    public void Xml_ItemsAndProperties_AreThoseOfThePackage(string place)
    {
        var project = XElement.Parse($"<Project>{Documents.At(place).Text}</Project>");
        var models = ModelOptionTable.All.Select(o => o.Name).Append("Include").ToHashSet(StringComparer.Ordinal);
        var properties = Properties().ToHashSet(StringComparer.Ordinal);
        var stated = project.Descendants("PropertyGroup").Elements().Select(e => e.Name.LocalName);
        var devices = project.Descendants().Attributes("Device").Select(a => a.Value);

        Assert.All(stated.Where(p => p.StartsWith("Mcu", StringComparison.Ordinal)), p => Assert.Contains(p, properties));
        Assert.All(project.Descendants("McuModel").Attributes(), a => Assert.Contains(a.Name.LocalName, models));
        Assert.All(project.Descendants("McuSearch").Attributes(), a => Assert.Contains(a.Name.LocalName, SearchMetadata));
        Assert.All(project.Descendants("PackageReference"), e => Assert.Equal(Version, e.Attribute("Version")!.Value));
        Assert.All(
            devices.Where(d => !d.EndsWith(".json", StringComparison.Ordinal)),
            d => Assert.True(DeviceDatabase.Find(d).Succeeded, $"{place}: there is no device {d}")
        );
    }

    /// <summary>A device, a search space, a search file, the cases of verify or a data set.</summary>
    [Theory]
    [MemberData(nameof(Json))]
    public void Json_OfADocument_IsRead(string place)
    {
        var bytes = Encoding.UTF8.GetBytes(Documents.At(place).Text);
        var fields = JsonDocument.Parse(bytes).RootElement.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

        if (fields.Contains("clockHz"))
            Assert.True(DeviceReader.Read(bytes, place).Succeeded);
        else if (fields.Contains("resolutions"))
            Assert.True(SpaceReader.Read(bytes, place).Succeeded);
        else if (fields.Contains("space"))
            Assert.True(SearchFileReader.Read(bytes, place).Succeeded);
        else
            Assert.True(fields.Contains("cases") || fields.Contains("train"), $"{place} is JSON of no kind that the test knows");
    }

    private static string Version =>
        XDocument.Load(Path.Combine(Workspace.Repository, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>Properties that the targets of the package read.</summary>
    private static string[] Properties()
    {
        var files = Directory.GetFiles(Path.Combine(Workspace.Repository, "build", "package"), "*.*", SearchOption.AllDirectories);
        var text = string.Concat(files.Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Select(File.ReadAllText));
        return [.. Regex.Matches(text, @"\$\((Mcu\w+)\)").Select(m => m.Groups[1].Value)];
    }
}
