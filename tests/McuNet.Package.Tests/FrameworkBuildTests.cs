using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>
/// The sample's network in projects of many kinds, compiled by the engine in the package. What runs here reads a digit; what does not is
/// compiled.
/// </summary>
[Collection(PackageCollection.Name)]
public sealed class FrameworkBuildTests(PackageFeed feed)
{
    /// <summary>Targets for a project: references of .NET 8 in the version that the project of the tests downloads.</summary>
    internal const string Net8References = """
        <Project>
          <ItemGroup Condition="'$(TargetFramework)' == 'net8.0'">
            <KnownFrameworkReference Update="Microsoft.NETCore.App" TargetingPackVersion="8.0.31" />
          </ItemGroup>
        </Project>
        """;

    private const string Item = """    <McuModel Include="digits.onnx" Device="rp2040" />""";

    /// <summary>A bright stroke on a dark ground, by the helper that every dialect has.</summary>
    private const string Use = """
        /// <summary>Reads one digit.</summary>
        public static class Reader
        {
            /// <summary>The class, its real score, and the first byte as it is stored.</summary>
            public static string Read()
            {
                byte[] pixels = new byte[28 * 28];
                for (int y = 4; y < 24; y++)
                    for (int x = 13; x < 16; x++)
                        pixels[28 * y + x] = 255;
                var network = new Sample.Digits();
                network.SetInputFromGrey(pixels);
                int first = FIRST;
                network.Invoke();
                return network.ArgMax() + " " + Sample.Digits.Dequantize(SCORE).ToString("F3", System.Globalization.CultureInfo.InvariantCulture) + " " + first;
            }
        }
        """;

    [Theory]
    [InlineData("net8.0", "Facade", "spans")]
    [InlineData("net10.0", "Files", "spans")]
    [InlineData("netstandard2.0", "Facade", "arrays")]
    [InlineData("netstandard2.0", "Files", "arrays")]
    [InlineData("net472", "Facade", "arrays")]
    public void Library_ForAFramework_Compiles(string framework, string emit, string dialect)
    {
        var language = dialect == "arrays" ? "7.3" : "12";
        var sample = Library(
            $"<TargetFramework>{framework}</TargetFramework><McuEmit>{emit}</McuEmit><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>",
            dialect
        );
        sample.Build($"-p:LangVersion={language}", dialect == "arrays" ? "-p:Nullable=disable" : "-p:Nullable=enable").Succeed();
    }

    /// <summary>One library with arrays and one with spans give the same answer, by the same integers.</summary>
    [Fact]
    public void App_WithArraysAndWithSpans_ReadsTheSame()
    {
        var answers = new[] { "spans", "arrays" }
            .Select(dialect =>
            {
                var sample = Library("<TargetFramework>net10.0</TargetFramework>", dialect, "Exe")
                    .With(
                        "Program.cs",
                        "internal static class Program { private static void Main() { System.Console.WriteLine(Reader.Read()); } }"
                    );
                sample.Build(dialect == "arrays" ? ["-p:LangVersion=7.3", "-p:Nullable=disable"] : []).Succeed();
                return sample.RunApp().Succeed().Output.Trim();
            })
            .ToArray();
        Assert.Equal(answers[0], answers[1]);
        Assert.Matches("^1 [0-9]+.[0-9]{3} -128$", answers[0]);
    }

    [Theory]
    [InlineData("net10.0", "7.1", "it is for C# 7.1, and it needs C# 7.3 or newer")]
    public void Library_ForWhatCannotWork_IsOneError(string framework, string language, string problem)
    {
        var sample = Library($"<TargetFramework>{framework}</TargetFramework>", "arrays");
        var result = sample.Target("CompileMcuModels", "-restore", $"-p:LangVersion={language}", "-p:Nullable=disable").Fail();
        Assert.Contains("error MCU7055: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(problem, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vbproj", "VB", "Use.vb", "Public Class Use\nEnd Class")]
    [InlineData("fsproj", "F#", "Use.fs", "module Use")]
    public void Library_InAnotherLanguage_GetsTheCAndAMessage(string extension, string language, string file, string code)
    {
        var sample = Library("<TargetFramework>net10.0</TargetFramework>", "spans").With(file, code.Split('\n'));
        var text = File.ReadAllText(sample.ProjectFile)
            .Replace("<LangVersion>12</LangVersion>", "", StringComparison.Ordinal)
            .Replace("<Nullable>enable</Nullable>", "", StringComparison.Ordinal)
            .Replace(
                "<ItemGroup>",
                extension == "fsproj" ? "<ItemGroup><Compile Include=\"Use.fs\" />" : "<ItemGroup>",
                StringComparison.Ordinal
            );
        File.Delete(sample.ProjectFile);
        File.WriteAllText(Path.Combine(sample.Directory, "Sample." + extension), extension == "fsproj" ? Once(text) : text);
        var result = sample.Target("CompileMcuModels", "-restore", "-p:DisableImplicitFSharpCoreReference=true").Succeed();
        Assert.Contains(
            $"message MCU7056: The project 'Sample.{extension}' is in {language}: its models are compiled to C alone.",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(Path.Combine(sample.Intermediate, "digits", "digits.c")));
        Assert.False(File.Exists(Path.Combine(sample.Intermediate, "digits", "digits.engine.g.cs")));
    }

    [Fact]
    public void References_OnRequest_GetTheCAndThePackageHasIt()
    {
        var library = Library(
            "<TargetFramework>net10.0</TargetFramework><McuFlowSources>true</McuFlowSources><McuPackSources>true</McuPackSources><McuVisibility>public</McuVisibility>",
            "spans"
        );
        var app = feed.NewDirectory();
        File.WriteAllText(
            Path.Combine(app, "App.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="{library.ProjectFile}" /></ItemGroup>
            </Project>
            """
        );
        File.WriteAllText(Path.Combine(app, "Program.cs"), "System.Console.WriteLine(new Sample.Digits().ArgMax());");
        DotNet.Run(app, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false").Succeed();
        Assert.True(File.Exists(Path.Combine(app, "bin", "Debug", "net10.0", "mcunet", "digits", "digits.c")));

        DotNet.Run(library.Directory, feed.Environment, "pack", "-nologo", "-v", "m", "-nodeReuse:false", "-o", "packed").Succeed();
        using var zip = ZipFile.OpenRead(Directory.GetFiles(Path.Combine(library.Directory, "packed"), "*.nupkg").Single());
        Assert.Superset(
            new[] { "mcunet/digits/digits.c", "mcunet/digits/digits.h", "mcunet/digits/CMakeLists.txt" }.ToHashSet(),
            zip.Entries.Select(e => e.FullName).ToHashSet()
        );
    }

    private static string Once(string text)
    {
        var first = text.IndexOf("<Compile Include=\"Use.fs\" />", StringComparison.Ordinal) + 1;
        return text[..first] + text[first..].Replace("<Compile Include=\"Use.fs\" />", "", StringComparison.Ordinal);
    }

    private SampleProject Library(string properties, string dialect, string outputType = "Library")
    {
        var sample = new SampleProject(feed, Item, properties, outputType, ownEngine: true);
        File.Copy(
            Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
            Path.Combine(sample.Directory, "digits.onnx")
        );
        var (first, score) =
            dialect == "spans"
                ? ("network.Input[0]", "network.Output[network.ArgMax()]")
                : ("network.Arena[Sample.Digits.InputOffset]", "network.GetOutputAt(network.ArgMax())");
        sample.With("Directory.Build.targets", Net8References);
        return sample.With(
            "Use.cs",
            Use.Replace("FIRST", first, StringComparison.Ordinal).Replace("SCORE", score, StringComparison.Ordinal).Split('\n')
        );
    }
}
