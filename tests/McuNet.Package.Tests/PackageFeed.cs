using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>
/// The package and the tool, packed once for all tests into a feed of its own with a private packages folder, and a copy of the fake
/// engine. Everything lies in one temporary directory whose name has a space and letters outside ASCII.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private int _samples;

    public PackageFeed()
    {
        Root = Path.Combine(Path.GetTempPath(), $"mcunet tests åé {Guid.NewGuid():N}");
        Directory.CreateDirectory(FeedDirectory);
        Pack("McuNet.Build");
        Pack("McuNet.Cli");
        PackageFile = Directory.GetFiles(FeedDirectory, "McuNet.Build.*.nupkg").Single();
        ToolFile = Directory.GetFiles(FeedDirectory, "McuNet.Cli.*.nupkg").Single();
        Version = Path.GetFileNameWithoutExtension(PackageFile)["McuNet.Build.".Length..];
        CopyEngine();
        File.WriteAllText(
            Path.Combine(Root, "nuget.config"),
            $"""
            <configuration><packageSources><clear />
              <add key="local" value="{FeedDirectory}" /><add key="restored" value="{GlobalPackages}" />
            </packageSources><packageSourceMapping>
              <packageSource key="local"><package pattern="McuNet.*" /></packageSource><packageSource key="restored"><package pattern="*" /></packageSource>
            </packageSourceMapping></configuration>
            """
        );
    }

    public string Root { get; }

    public string PackageFile { get; }

    public string ToolFile { get; }

    public string Version { get; }

    public string EnginePath => Path.Combine(Root, "engine", "McuNet.FakeEngine.dll");

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(Root, "packages"), ["MCUNET_FAKE_LOG"] = EngineLog };

    public string EngineLog => Path.Combine(Root, "engine.log");

    /// <summary>Packages that building this repository has restored (NETStandard.Library among them), so that no network is
    /// needed.</summary>
    public static string GlobalPackages =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public string FeedDirectory => Path.Combine(Root, "feed");

    internal TemplateHive? Templates { get; set; }

    /// <summary>Packs a project into the feed, under a version that no file of the repository names.</summary>
    internal void Pack(string project) =>
        DotNet
            .Run(
                RepositoryRoot(),
                new Dictionary<string, string>(),
                "pack",
                "src/" + project,
                "-c",
                "Release",
                "-o",
                FeedDirectory,
                "-v",
                "q",
                "-p:PackageVersion=0.1.0-packed.1"
            )
            .Succeed();

    public string NewDirectory() => Directory.CreateDirectory(Path.Combine(Root, $"sample {++_samples}")).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "McuNet.Build.sln")))
                return directory.FullName;
        throw new DirectoryNotFoundException("the repository root is not above " + AppContext.BaseDirectory);
    }

    private void CopyEngine()
    {
        var target = Directory.CreateDirectory(Path.GetDirectoryName(EnginePath)!).FullName;
        foreach (var pattern in new[] { "McuNet.FakeEngine.*", "McuNet.Contracts.dll", "System.Collections.Immutable.dll" })
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, pattern))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "package";
}
