using System;
using System.IO;
using System.IO.Compression;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Projects of .NET nanoFramework of both kinds, with an imitation of the project system, which replaces the lists of what targets
/// depend on.</summary>
[Collection(PackageCollection.Name)]
public sealed class NanoProjectTests(PackageFeed feed)
{
    private static readonly string Imitation = Path.Combine(AppContext.BaseDirectory, "NanoProjectSystem") + Path.DirectorySeparatorChar;

    private static readonly string CoreLibrary = Path.Combine(PackageFeed.GlobalPackages, "nanoframework.corelibrary", "1.17.11");

    /// <summary>The sample of the repository, with its packages where packages.config has them.</summary>
    [Fact]
    public void Sample_LegacyProject_Compiles()
    {
        var folder = SampleFolder.CopyOf(feed, "nanoframework");

        var built = Build(feed, folder, "DigitReader.nfproj", $"-p:McuNetBuildVersion={feed.Version}").Succeed();

        Assert.Contains("digits on stm32f769: ", built.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "bin", "DigitReader.exe")));
        Assert.True(
            File.Exists(Path.Combine(folder, "obj", "mcunet", "digits", "digits.facade.g.cs"))
                || File.Exists(Path.Combine(folder, "obj", "Debug", "mcunet", "digits", "digits.facade.g.cs"))
        );
    }

    /// <summary>Builds a project with packages.config, whose packages are put where NuGet would.</summary>
    internal static DotNetResult Build(PackageFeed feed, string folder, string project, params string[] properties)
    {
        ZipFile.ExtractToDirectory(feed.PackageFile, Path.Combine(folder, "packages", $"McuNet.Build.{feed.Version}"));
        SampleFolder.Copy(CoreLibrary, Path.Combine(folder, "packages", "nanoFramework.CoreLibrary.1.17.11"));
        return DotNet.Run(
            folder,
            feed.Environment,
            ["msbuild", project, "-nologo", "-v:m", "-nodeReuse:false", $"-p:NanoFrameworkProjectSystemPath={Imitation}", .. properties]
        );
    }

    [Theory]
    [InlineData("", "namespace Sample { public static class Use { public static int Read() { return new Digits().ArgMax(); } } }")]
    [InlineData("<McuTarget>c,interop</McuTarget>", "")]
    public void SdkProject_ForNano_Compiles(string property, string use)
    {
        var folder = Project(property, use);

        DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false").Succeed();

        Assert.NotEmpty(Directory.GetFiles(folder, "McuNetDigits.dll", SearchOption.AllDirectories));
        if (property.Length > 0)
            Assert.Single(Directory.GetFiles(Path.Combine(folder, "bin"), "FindINTEROP-McuNetDigits.cmake", SearchOption.AllDirectories));
    }

    /// <summary>C# that compiles and that the device cannot run; the second build compiles nothing, and says it again.</summary>
    [Fact]
    public void SdkProject_WithCodeThatThePlatformLacks_FailsAtItsLine()
    {
        var folder = Project(
            "",
            """
            namespace Sample
            {
                public static class Use
                {
                    public static int Sum(int a, int b) { return checked(a + b); }
                    public static int Corner(object grid) { return ((int[,])grid)[0, 0]; }
                }
            }
            """
        );
        for (var build = 0; build < 2; build++)
        {
            var built = DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false").Fail();
            Assert.Contains(
                "Use.cs(6,1): error MCU7058: 'Sample.Use.Corner' uses Int32[,], which .NET nanoFramework does not run",
                built.Output,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "Use.cs(5,1): warning MCU7060: 'Sample.Use.Sum' checks for overflow (add.ovf)",
                built.Output,
                StringComparison.Ordinal
            );
        }

        DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false", "-p:McuNanoCheck=false").Succeed();
    }

    /// <summary>A folder with a project for the digits.</summary>
    private string Project(string property, string use)
    {
        var folder = feed.NewDirectory();
        File.Copy(Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"), Path.Combine(folder, "digits.onnx"));
        File.WriteAllText(Path.Combine(folder, "Use.cs"), use);
        File.WriteAllText(
            Path.Combine(folder, "McuNetDigits.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Imitation}NFProjectSystem.Default.props" />
              <PropertyGroup>
                <TargetFramework>netnano1.0</TargetFramework>
                <RootNamespace>Sample</RootNamespace>
                <LangVersion>9.0</LangVersion>
                <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
                <GenerateAssemblyInfo>false</GenerateAssemblyInfo>
                {property}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="mscorlib"><HintPath>{Path.Combine(CoreLibrary, "lib", "mscorlib.dll")}</HintPath></Reference>
                <McuModel Include="digits.onnx" Device="stm32f769" />
                <PackageReference Include="McuNet.Build" Version="{feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """
        );
        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.targets"),
            """
            <Project>
              <PropertyGroup><CompileDependsOn>ResolveReferences;CoreCompile</CompileDependsOn><CoreCompileDependsOn></CoreCompileDependsOn></PropertyGroup>
              <Target Name="GetReferenceAssemblyPaths" />
            </Project>
            """
        );
        return folder;
    }
}
