using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Tests;
using McuNet.Tests.Documents;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that does all that the tutorial does; skipped, visibly, where a tool is missing.</summary>
public sealed class TutorialFactAttribute : FactAttribute
{
    public TutorialFactAttribute() => Skip = new FirmwareFactAttribute().Skip ?? new OnnxRuntimeFactAttribute().Skip;
}

/// <summary>The commands of docs/tutorial.md run as they stand there, with the package as it is packed, and print what it shows.</summary>
[Collection(PackageCollection.Name)]
public sealed class TutorialTests(PackageFeed feed)
{
    private const string Page = "docs/tutorial.md";

    /// <summary>The version of the package that the project names, where the feed has another.</summary>
    private const string Released = "Version=\"0.1.0\"";

    /// <summary>What the feed and the folder of the test stand for.</summary>
    private static readonly string[] Setup =
    [
        "dotnet pack src/McuNet.Build -o artifacts/packages",
        "export PATH=\"$PWD/build:$PATH\"",
        "cd samples/tutorial",
    ];

    [TutorialFact]
    public void Tutorial_Commands_PrintWhatThePageShows()
    {
        var root = PackageFeed.RepositoryRoot();
        var samples = feed.NewDirectory();
        foreach (var sample in new[] { "digits", "firmware", "tutorial" })
            SampleFolder.Copy(Path.Combine(root, "samples", sample), Path.Combine(samples, sample));
        var folder = Path.Combine(samples, "tutorial");
        foreach (var project in Directory.GetFiles(folder, "*.csproj"))
            File.WriteAllText(
                project,
                File.ReadAllText(project).Replace(Released, $"Version=\"{feed.Version}\"", StringComparison.Ordinal)
            );
        foreach (var left in new[] { "digits.onnx", "bench" }.Select(f => Path.Combine(folder, f)).Where(File.Exists))
            File.Delete(left);
        var path = Tool(samples) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        var variables = DotNet.Variables(new Dictionary<string, string>(feed.Environment) { ["PATH"] = path });

        DocumentRun.Of(
            root,
            Page,
            Blocks().Where(b => b.Mark != "setup").SelectMany(b => ShownCommand.Of(b)),
            line =>
            {
                var run = ProgramRun.Of("/bin/sh", ["-c", line], folder, variables);
                var printed = (run.Output + run.Error).Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
                return (run.ExitCode, printed.Replace($"Version=\"{feed.Version}\"", Released, StringComparison.Ordinal));
            }
        );
    }

    [Fact]
    public void Tutorial_Setup_IsWhatTheFeedOfTheTestsStandsFor() =>
        Assert.Equal(Setup, Blocks().Where(b => b.Mark == "setup").SelectMany(b => ShownCommand.Of(b)).Select(c => c.Line));

    private static IEnumerable<DocumentBlock> Blocks() =>
        DocumentBlock.Of(PackageFeed.RepositoryRoot(), Page).Where(b => b.Language == "console" && !b.IsNotRun);

    /// <summary>A folder with the command <c>mcunet</c>: the engine of the package.</summary>
    private string Tool(string samples)
    {
        var package = Path.Combine(samples, "package");
        System.IO.Compression.ZipFile.ExtractToDirectory(feed.PackageFile, package);
        var tool = Path.Combine(Directory.CreateDirectory(Path.Combine(samples, "tools")).FullName, "mcunet");
        var engine = Path.Combine(package, "tools", "net10.0", "any", "mcunet.dll");
        File.WriteAllText(tool, $"#!/bin/sh\nexec dotnet exec --roll-forward Major '{engine}' \"$@\"\n");
        ProgramRun.Good("chmod", ["+x", tool]);
        return Path.GetDirectoryName(tool)!;
    }
}
