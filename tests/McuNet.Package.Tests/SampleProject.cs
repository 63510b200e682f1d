using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace McuNet.Package.Tests;

/// <summary>A user's project in a directory of its own.</summary>
public sealed class SampleProject
{
    private readonly PackageFeed _feed;

    /// <param name="ownEngine">Use the engine in the package rather than the fake one.</param>
    /// <param name="items">Content of the item group with the models; it starts on line <see cref="ItemsLine"/> of the project.</param>
    public SampleProject(
        PackageFeed feed,
        string items,
        string framework = "<TargetFramework>net10.0</TargetFramework>",
        string outputType = "Exe",
        bool ownEngine = false
    )
    {
        _feed = feed;
        Directory = feed.NewDirectory();
        File.WriteAllText(
            ProjectFile,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                {framework}
                <OutputType>{outputType}</OutputType>
                <RootNamespace>Sample</RootNamespace>
                <LangVersion>12</LangVersion>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <McuNetEnginePath>{(ownEngine ? string.Empty : feed.EnginePath)}</McuNetEnginePath>
              </PropertyGroup>
              <ItemGroup>
            {items}
              </ItemGroup>
              <ItemGroup>
                <PackageReference Include="McuNet.Build" Version="{feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """
        );
    }

    public static int ItemsLine => 13;

    public string Directory { get; }

    public string ProjectFile => Path.Combine(Directory, "Sample.csproj");

    public string Intermediate => Path.Combine(Directory, "obj", "Debug", "net10.0", "mcunet");

    public string Copies => Path.Combine(Directory, "bin", "Debug", "net10.0", "mcunet");

    /// <summary>How often the engine has been started, by any project.</summary>
    public int EngineRuns => File.Exists(_feed.EngineLog) ? File.ReadAllLines(_feed.EngineLog).Length : 0;

    public string LastEngineArguments => File.ReadAllLines(_feed.EngineLog).Last();

    public SampleProject With(string file, params string[] lines)
    {
        var path = Path.Combine(Directory, file);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
        return this;
    }

    /// <summary>Gives a file another date and leaves its content.</summary>
    public SampleProject Touch(string path, DateTime date)
    {
        File.SetLastWriteTimeUtc(Path.Combine(Directory, path), date);
        return this;
    }

    public DateTime DateOf(string path) => File.GetLastWriteTimeUtc(Path.Combine(Directory, path));

    /// <summary>Builds with the default target unless an argument names another.</summary>
    public DotNetResult Build(params string[] arguments) =>
        DotNet.Run(Directory, _feed.Environment, ["build", "-nologo", "-v", "m", "-nodeReuse:false", .. arguments]);

    /// <summary>Runs targets without restoring, compiling C# only if they ask for it.</summary>
    public DotNetResult Target(string targets, params string[] arguments) =>
        DotNet.Run(Directory, _feed.Environment, ["msbuild", "-nologo", "-v:m", "-nodeReuse:false", $"-t:{targets}", .. arguments]);

    public DotNetResult RunApp(params string[] arguments) =>
        DotNet.Run(Directory, new Dictionary<string, string>(), [Path.Combine("bin", "Debug", "net10.0", "Sample.dll"), .. arguments]);
}
