using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Models whose generated code each build runs and compares with the reference.</summary>
[Collection(PackageCollection.Name)]
public sealed class VerifyBuildTests(PackageFeed feed)
{
    private const string Compile = "CompileMcuModels";

    /// <summary>Content decides, as for compiling; a check that failed is made again, and one that changes compiles nothing.</summary>
    [Fact]
    public void Build_ModelWithCases_VerifiesWhatHasChanged()
    {
        var sample = new SampleProject(
            feed,
            """    <McuModel Include="net.onnx" Device="nrf52840" McuVerifyCases="cases.txt" Sram="64KB" Kernels="shared" />"""
        )
            .With("net.onnx", "fake-model")
            .With("cases.txt", "equal")
            .With("Program.cs", "return;");
        Assert.Equal(1, Runs(() => sample.Target(Compile, "-restore").Succeed()));
        Assert.Equal(1, Runs(() => sample.Target(Compile, "-p:McuVerify=host").Succeed()));
        Assert.Contains("--sram 64KB --cases ", sample.LastEngineArguments, StringComparison.Ordinal);
        Assert.EndsWith(" --on host --exact --json", sample.LastEngineArguments, StringComparison.Ordinal);
        Assert.Equal(0, Runs(() => sample.Touch("cases.txt", DateTime.UnixEpoch).Target(Compile, "-p:McuVerify=host").Succeed()));
        sample.With("cases.txt", "differs");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(
                1,
                Runs(() =>
                    Assert.Contains(
                        $"{sample.ProjectFile}({SampleProject.ItemsLine},5): error MCU7028: byte 3 is 4 and must be 5",
                        sample.Target(Compile, "-p:McuVerify=host").Fail().Output,
                        StringComparison.Ordinal
                    )
                )
            );
        }
        Assert.Equal(
            0,
            Runs(() => sample.Target("Compile", "-p:McuVerify=host", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true").Succeed())
        );
        sample.With("cases.txt", "equal");
        Assert.Equal(1, Runs(() => sample.Target(Compile, "-p:McuVerify=host").Succeed()));
        Assert.Equal(1, Runs(() => sample.Target(Compile, "-p:McuVerify=qemu").Succeed()));

        int Runs(Action build)
        {
            var before = sample.EngineRuns;
            build();
            return sample.EngineRuns - before;
        }
    }

    [Fact]
    public void Build_RealModelOnTheHost_EqualsTheReferenceOrNamesTheTool()
    {
        var sample = new SampleProject(
            feed,
            """    <McuModel Include="digits.onnx" Device="nrf52840" McuVerify="HOST" />""",
            ownEngine: true
        );
        File.Copy(
            Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
            Path.Combine(sample.Directory, "digits.onnx")
        );
        var result = sample.Target(Compile, "-restore");
        if (Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "gcc"))))
            Assert.Contains("digits: the C equals the reference on host.", result.Succeed().Output, StringComparison.Ordinal);
        else
            Assert.Contains($"({SampleProject.ItemsLine},5): error MCU7010: ", result.Fail().Output, StringComparison.Ordinal);
    }
}
