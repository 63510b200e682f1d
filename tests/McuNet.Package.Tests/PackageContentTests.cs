using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace McuNet.Package.Tests;

[Collection(PackageCollection.Name)]
public sealed class PackageContentTests(PackageFeed feed)
{
    [Theory]
    [InlineData("build/McuNet.Build.props")]
    [InlineData("build/McuNet.Build.targets")]
    [InlineData("build/McuNet.Build.Search.targets")]
    [InlineData("buildMultiTargeting/McuNet.Build.props")]
    [InlineData("buildMultiTargeting/McuNet.Build.targets")]
    [InlineData("tools/net10.0/any/McuNet.Search.dll")]
    [InlineData("tools/net10.0/any/McuNet.Execution.dll")]
    [InlineData("tools/net10.0/any/Trainer/mcunet_train/__main__.py")]
    [InlineData("build/McuModel.xaml")]
    [InlineData("analyzers/dotnet/roslyn4.8/cs/McuNet.Generator.dll")]
    [InlineData("analyzers/dotnet/roslyn4.8/cs/McuNet.CodeFixes.dll")]
    [InlineData("tasks/netstandard2.0/McuNet.Tasks.dll")]
    [InlineData("tools/net10.0/any/mcunet.dll")]
    [InlineData("tools/net10.0/any/mcunet.runtimeconfig.json")]
    [InlineData("docs/diagnostics/MCU7001.md")]
    [InlineData("README.md")]
    public void Package_Entry_IsThere(string entry) => Assert.Contains(entry, Entries());

    [Fact]
    public void Package_OnnxRuntime_IsItsBindingAlone() =>
        Assert.Equal(
            "tools/net10.0/any/Microsoft.ML.OnnxRuntime.dll",
            Assert.Single(
                Entries(),
                e => e.StartsWith("tools/", StringComparison.Ordinal) && e.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase)
            )
        );

    [Fact]
    public void Package_TransitiveFolder_EqualsBuildFolder()
    {
        using var zip = ZipFile.OpenRead(feed.PackageFile);
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("build/", StringComparison.Ordinal)).ToArray())
            Assert.Equal(Read(entry), Read(zip.GetEntry(entry.FullName.Replace("build/", "buildTransitive/", StringComparison.Ordinal))!));
    }

    [Fact]
    public void Package_Specification_IsADevelopmentDependencyWithoutDependencies()
    {
        using var zip = ZipFile.OpenRead(feed.PackageFile);
        var text = Read(zip.GetEntry("McuNet.Build.nuspec")!);
        Assert.Contains("<developmentDependency>true</developmentDependency>", text, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_Engine_StartsAndRefusesEmptyCommandLine()
    {
        var directory = feed.NewDirectory();
        ZipFile.ExtractToDirectory(feed.PackageFile, directory);
        var engine = Path.Combine(directory, "tools", "net10.0", "any", "mcunet.dll");
        Assert.Equal(2, DotNet.Run(directory, feed.Environment, "exec", "--roll-forward", "Major", engine).ExitCode);
    }

    /// <summary>Help links lead to pages in the package; what those link to, and so on, is there too.</summary>
    [Fact]
    public void Package_Documents_LinkToFilesOfThePackage()
    {
        using var zip = ZipFile.OpenRead(feed.PackageFile);
        var entries = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
        var dead =
            from page in zip.Entries
            where page.FullName.StartsWith("docs/", StringComparison.Ordinal) && page.FullName.EndsWith(".md", StringComparison.Ordinal)
            from Match link in Regex.Matches(Read(page), @"\]\(([^)#\s]+)[^)]*\)")
            let target = new Uri(new Uri("zip:///" + page.FullName), link.Groups[1].Value)
            where target.Scheme == "zip" && !entries.Contains(target.AbsolutePath.TrimStart('/'))
            select $"{page.FullName} -> {link.Groups[1].Value}";
        Assert.Empty(dead);
    }

    private string[] Entries()
    {
        using var zip = ZipFile.OpenRead(feed.PackageFile);
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
