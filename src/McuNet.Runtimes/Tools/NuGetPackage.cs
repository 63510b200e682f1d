using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McuNet.Runtimes.Tools;

/// <summary>A NuGet package of one version, as it lies in the cache of packages.</summary>
internal sealed partial record NuGetPackage(string Id, string Version)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>netstandard2.0</TargetFramework>
            <AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages>
            <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
          </PropertyGroup>
          <ItemGroup><PackageDownload Include="ID" Version="[VERSION]" /></ItemGroup>
        </Project>
        """;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(20);

    /// <summary>Its folder, which need not exist, in <c>$NUGET_PACKAGES</c> or <c>~/.nuget/packages</c>.</summary>
    public string CachedFolder =>
        FolderIn(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
                ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
        );

    /// <summary>Puts it into the cache, from the sources that NuGet is configured with in a folder.</summary>
    /// <returns>Its folder; null with the reason where it does not come.</returns>
    public (string? Folder, string Problem) Restore(string configured)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named
            ? named
            : Toolbox.FromEnvironment().TryFind(Tool.DotNet);
        if (host is null)
            return (null, "no 'dotnet' to restore packages with is on the PATH");
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(folder.File(name), "<Project />");
        File.WriteAllText(
            folder.File("get.csproj"),
            Project.Replace("ID", Id, StringComparison.Ordinal).Replace("VERSION", Version, StringComparison.Ordinal)
        );
        var run = new ToolProcess(host, ["restore", "get.csproj", "-nologo", "-nodeReuse:false"], folder.Path, TimeLimit)
        {
            Environment = Variables(configured),
        }.Run();
        return run.Succeeded ? (Restored(folder), "") : (null, Reason(run));
    }

    private string FolderIn(string packages) => Path.Combine(packages, Id.ToLowerInvariant(), Version);

    private string? Restored(TemporaryFolder folder)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "obj", "project.assets.json")));
        return assets
            .RootElement.GetProperty("packageFolders")
            .EnumerateObject()
            .Select(p => FolderIn(p.Name))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>Takes away what a build that runs this program tells about the files of its own MSBuild.</summary>
    private static Dictionary<string, string?> Variables(string configured)
    {
        var variables = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(v => (string)v.Key)
            .Where(v => v.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(v => v, _ => (string?)null);
        variables["RestoreRootConfigDirectory"] = configured;
        return variables;
    }

    private static string Reason(ToolOutcome run) =>
        ErrorLine().Match(run.Output) is { Success: true } error ? error.Groups[1].Value.Trim() : run.Messages(lines: 3);

    [GeneratedRegex(@"error ([A-Z]+\d+: .*)")]
    private static partial Regex ErrorLine();
}
