using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A build that is killed while the engine writes: every file is one of before, and the next build makes what a build without the
/// kill had made.</summary>
[Collection(PackageCollection.Name)]
public sealed class InterruptedBuildTests(PackageFeed feed)
{
    [Theory]
    [InlineData("write", "digits.c")]
    [InlineData("rename", "digits.engine.g.cs")]
    public void Build_Killed_LeavesWholeFilesAndTheNextBuildIsRight(string what, string file)
    {
        var sample = new SampleProject(
            feed,
            """<McuModel Include="digits.onnx" Device="nrf52840" Input="$(McuInputForTest)" />""",
            ownEngine: true
        ).With("Program.cs", "System.Console.WriteLine(Sample.Digits.ArenaBytes);");
        File.Copy(
            Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
            Path.Combine(sample.Directory, "digits.onnx")
        );
        var after = Built(sample, "rows");
        var before = Built(sample, "resident");

        Kill(sample, "rows", $"{what} {Path.Combine(sample.Intermediate, "digits", file)}");

        var left = Files(sample);
        Assert.All(before.Keys, f => Assert.Contains(left[f], new[] { before[f], after[f] }));
        Assert.Equal(before.Where(IsCopy), left.Where(IsCopy));
        var rebuilt = Built(sample, "rows");
        Assert.Equal(after.Keys, rebuilt.Keys);
        Assert.All(after.Keys, f => Assert.Equal(after[f], rebuilt[f]));
    }

    private static bool IsCopy(KeyValuePair<string, string> file) => file.Key.StartsWith("bin", StringComparison.Ordinal);

    private static SortedDictionary<string, string> Built(SampleProject sample, string input)
    {
        sample.Build(Input(input)).Succeed();
        return Files(sample);
    }

    private static string Input(string input) => "-p:McuInputForTest=" + input;

    /// <summary>The generated code in obj and its copies in bin.</summary>
    private static SortedDictionary<string, string> Files(SampleProject sample) =>
        new(
            new[] { sample.Intermediate, sample.Copies }
                .SelectMany(d => Directory.GetFiles(Path.Combine(d, "digits")))
                .Where(f => Path.GetExtension(f) is ".c" or ".h" or ".txt" or ".cs" or ".mcunet" or ".new")
                .ToDictionary(f => Path.GetRelativePath(sample.Directory, f), File.ReadAllText),
            StringComparer.Ordinal
        );

    private void Kill(SampleProject sample, string input, string point)
    {
        sample.With("hold", point);
        var variables = DotNet.Variables(feed.Environment).ToDictionary(v => v.Key, v => v.Value);
        variables["MCUNET_HOLD_WRITING"] = Path.Combine(sample.Directory, "hold");
        using var kill = new CancellationTokenSource();
        var build = new ToolProcess(
            "dotnet",
            ["build", "-nologo", "-nodeReuse:false", "--no-restore", Input(input)],
            sample.Directory,
            TimeSpan.FromMinutes(3)
        )
        {
            Environment = variables,
        };
        var run = Task.Run(() => build.Run(kill.Token));
        while (!run.IsCompleted && !File.Exists(Path.Combine(sample.Directory, "hold.reached")))
            Thread.Sleep(10);
        Assert.False(run.IsCompleted);
        kill.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => run.GetAwaiter().GetResult());
    }
}
