using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Projects that <c>dotnet new</c> makes: with the network that they bring, and with a model of the user's own.</summary>
[Collection(PackageCollection.Name)]
public sealed class TemplateTests(PackageFeed feed)
{
    private TemplateHive Hive => TemplateHive.Of(feed);

    /// <summary>The project has the name of the class of its network, which people choose.</summary>
    [Fact]
    public void Console_NamedAsItsNetwork_ReadsTheDigitsAndAllocatesNothing()
    {
        var folder = Hive.Create("mcunet", "Digits");

        var output = DotNet.Run(folder, feed.Environment, "run").Succeed().Output;

        Assert.Contains("10 of 10 right", output, StringComparison.Ordinal);
        Assert.Matches(" us and 0 bytes allocated per inference", output);
        var project = File.ReadAllText(Path.Combine(folder, "Digits.csproj"));
        Assert.Contains($"Include=\"McuNet.Build\" Version=\"{feed.Version}\"", project, StringComparison.Ordinal);
        Assert.Equal(
            ["DigitImages.Drawings.cs", "DigitImages.cs", "Digits.csproj", "Program.cs", "Timing.cs", "digits.onnx"],
            Files(folder)
        );
    }

    /// <summary>A name that is no identifier, and a path that is no text of XML.</summary>
    [Fact]
    public void Console_OwnModel_RunsItForItsDevice()
    {
        var folder = Hive.Create("mcunet", "my-reader 2", "--model", "../r&d/some net.onnx", "--device", "nrf52840");
        Bring(folder, "../r&d/some net.onnx");

        var output = DotNet.Run(folder, feed.Environment, "run").Succeed().Output;

        Assert.Contains("784 numbers in, 10 out", output, StringComparison.Ordinal);
        Assert.Contains(" bytes on nrf52840", output, StringComparison.Ordinal);
        Assert.Matches("answer [0-9]\n.* us and 0 bytes allocated per inference", output.ReplaceLineEndings("\n"));
        Assert.Equal(["Program.cs", "Timing.cs", "my-reader 2.csproj"], Files(folder));
    }

    /// <summary>The oldest framework that the template offers compiles the program of the sample.</summary>
    [Fact]
    public void Console_OlderFramework_Compiles()
    {
        var folder = Hive.Create("mcunet", "Reader", "--framework", "net8.0");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), FrameworkBuildTests.Net8References);

        DotNet
            .Run(
                folder,
                feed.Environment,
                "build",
                "-nologo",
                "-v",
                "m",
                "-nodeReuse:false",
                "-p:UseAppHost=false",
                "-p:DisableTransitiveFrameworkReferenceDownloads=true"
            )
            .Succeed();

        Assert.True(File.Exists(Path.Combine(folder, "bin", "Debug", "net8.0", "Reader.dll")));
    }

    /// <summary>Until the file is there, the build says so at the line of the item.</summary>
    [Fact]
    public void Console_OwnModelThatIsMissing_FailsAtItsItem()
    {
        var folder = Hive.Create("mcunet", "Reader", "--model", "person.onnx");

        var output = DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false").Fail().Output;

        Assert.Matches(@"Reader\.csproj\([0-9]+,5\): error MCU1001: .*person\.onnx", output);
    }

    [FirmwareFact]
    public void Firmware_New_ReadsTheDigitsUnderQemu()
    {
        var folder = Hive.Create("mcunet-firmware", "my-firmware");
        Build(folder);

        var lines = FirmwareSampleTests.Run(folder);

        Assert.Equal(FirmwareSampleTests.DigitsRead, lines.Where(l => l.Contains("read as", StringComparison.Ordinal)));
    }

    [FirmwareFact]
    public void Firmware_OwnModel_RunsItUnderQemu()
    {
        var folder = Hive.Create("mcunet-firmware", "Reader", "--model", "own.onnx", "--device", "stm32f407");
        Bring(folder, "own.onnx");
        Build(folder);

        Assert.Contains(FirmwareSampleTests.Run(folder), l => l.StartsWith("answer ", StringComparison.Ordinal));
        Assert.Equal(["CMakeLists.txt", "Reader.csproj", "board.ld", "main.c", "own.onnx", "semihosting.h", "startup.c"], Files(folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("own.onnx")]
    public void Nano_New_Compiles(string model)
    {
        var folder = Hive.Create("mcunet-nano", "my-nano", model.Length > 0 ? ["--model", model] : []);
        if (model.Length > 0)
            Bring(folder, model);

        var output = NanoProjectTests.Build(feed, folder, "my-nano.nfproj").Succeed().Output;

        Assert.Contains(model.Length > 0 ? "network on stm32f769: " : "digits on stm32f769: ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "bin", "my_nano.exe")));
        var packages = File.ReadAllText(Path.Combine(folder, "packages.config"));
        Assert.Contains($"id=\"McuNet.Build\" version=\"{feed.Version}\"", packages, StringComparison.Ordinal);
        Assert.Equal(model.Length > 0, !File.Exists(Path.Combine(folder, "Seven.cs")));
    }

    /// <summary>Editors and package sources know templates by the type of the package.</summary>
    [Fact]
    public void Package_Specification_IsOfTemplates()
    {
        using var zip = ZipFile.OpenRead(Hive.PackageFile);
        using var reader = new StreamReader(zip.GetEntry("McuNet.Templates.nuspec")!.Open());
        var text = reader.ReadToEnd();
        Assert.Contains("<packageType name=\"Template\" />", text, StringComparison.Ordinal);
        Assert.Contains($"<version>{feed.Version}</version>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(zip.Entries, e => e.FullName.StartsWith("lib/", StringComparison.Ordinal));
    }

    private void Build(string folder) => DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false").Succeed();

    private static void Bring(string folder, string model)
    {
        var file = Path.Combine(folder, model);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"), file);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
