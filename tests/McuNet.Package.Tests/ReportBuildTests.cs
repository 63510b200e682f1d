using System;
using System.IO;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Models of which each build writes a report.</summary>
[Collection(PackageCollection.Name)]
public sealed class ReportBuildTests(PackageFeed feed)
{
    [Fact]
    public void Build_ModelWithReport_WritesItBesideTheOutputsWhenAskedAndWhenItDoesNotFit()
    {
        var sample = new SampleProject(feed, """    <McuModel Include="digits.onnx" Device="nrf52840" />""", ownEngine: true).With(
            "Program.cs",
            "return;"
        );
        File.Copy(
            Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
            Path.Combine(sample.Directory, "digits.onnx")
        );
        var (report, copy) = (
            Path.Combine(sample.Intermediate, "digits", "digits.report.html"),
            Path.Combine(sample.Copies, "digits", "digits.report.html")
        );
        string[] asked = ["-p:McuReport=true"];

        sample.Build(asked).Succeed();
        Assert.Contains("digits on nRF52840", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(report), File.ReadAllText(copy));
        File.SetLastWriteTimeUtc(report, DateTime.UnixEpoch);
        sample.Build(asked).Succeed();
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(report));

        sample.With("digits.onnx.origin.json", """{ "accuracy": { "int8": 0.9712 } }""").Target("CompileMcuModels", asked).Succeed();
        Assert.Contains("97.12", File.ReadAllText(report), StringComparison.Ordinal);

        File.Delete(report);
        var failed = sample.Target("CompileMcuModels", "-p:McuReport=true", "-p:McuReserveSram=255KB").Fail();
        Assert.Contains("error MCU4001", failed.Output, StringComparison.Ordinal);
        Assert.Contains("It does not fit", File.ReadAllText(report), StringComparison.Ordinal);

        sample.Target("CompileMcuModels").Succeed();
        Assert.False(File.Exists(report));
    }
}
