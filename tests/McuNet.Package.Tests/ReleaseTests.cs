using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>What a release says of itself: who made it, from where, and with whose code.</summary>
[Collection(PackageCollection.Name)]
public sealed class ReleaseTests(PackageFeed feed)
{
    private static readonly string Root = PackageFeed.RepositoryRoot();

    [Theory]
    [InlineData("src/McuNet.Build")]
    [InlineData("src/McuNet.Cli")]
    public void Release_WithoutAddresses_IsOneErrorThatNamesThem(string project)
    {
        var result = Pack(project, feed.NewDirectory(), "-p:PackageProjectUrl=https://example.org/").Fail();

        var errors = result
            .Output.Split('\n')
            .Where(l => l.Contains("error", StringComparison.Ordinal))
            .Select(l => l.Trim())
            .Distinct()
            .ToArray();
        Assert.Contains(
            "A release needs RepositoryUrl, McuContact, McuIcon. Give each as -p:NAME=VALUE",
            Assert.Single(errors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Release_WithAddressesContactAndIcon_HoldsThem()
    {
        var directory = feed.NewDirectory();
        var icon = Path.Combine(directory, "icon.png");
        File.WriteAllBytes(icon, [0x89, 0x50, 0x4E, 0x47]);
        Pack(
                "src/McuNet.Cli",
                directory,
                "-p:PackageProjectUrl=https://example.org/",
                "-p:RepositoryUrl=https://example.org/code",
                "-p:McuContact=faults@example.org",
                $"-p:McuIcon={icon}"
            )
            .Succeed();

        using var zip = ZipFile.OpenRead(Directory.GetFiles(directory, "*.nupkg").Single());
        var specification = Read(zip, "McuNet.Cli.nuspec");
        Assert.Contains("<projectUrl>https://example.org/</projectUrl>", specification, StringComparison.Ordinal);
        Assert.Contains("url=\"https://example.org/code\"", specification, StringComparison.Ordinal);
        Assert.Contains("Faults and vulnerabilities: faults@example.org", specification, StringComparison.Ordinal);
        Assert.NotNull(zip.GetEntry("icon.png"));
    }

    [Fact]
    public void Packages_Notices_AreThoseOfTheAssembliesInThem()
    {
        var path = Path.Combine(Root, "THIRD-PARTY-NOTICES.md");
        using (var zip = ZipFile.OpenRead(feed.PackageFile))
        {
            var expected = ThirdPartyNotices.Of(zip, "tools/net10.0/any/");
            if (Environment.GetEnvironmentVariable("MCUNET_NOTICES") == "write")
                File.WriteAllText(path, expected);
            Assert.True(
                File.ReadAllText(path) == expected,
                "THIRD-PARTY-NOTICES.md is not that of the packages; build/notices.sh writes it"
            );
        }
        foreach (var package in new[] { feed.PackageFile, feed.ToolFile })
        {
            using var zip = ZipFile.OpenRead(package);
            foreach (var file in new[] { "LICENSE", "SECURITY.md", "CHANGELOG.md" })
                Assert.Equal(File.ReadAllText(Path.Combine(Root, file)), Read(zip, file));
            Assert.NotNull(zip.GetEntry("THIRD-PARTY-NOTICES.md"));
        }
    }

    private static DotNetResult Pack(string project, string target, params string[] properties) =>
        DotNet.Run(
            Root,
            new Dictionary<string, string>(),
            ["pack", project, "-c", "Release", "--no-build", "-v", "q", "-o", target, "-p:McuRelease=true", .. properties]
        );

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
