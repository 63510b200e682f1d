using System;
using System.IO;
using System.Linq;
using McuNet.Tests;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that builds a firmware with make and runs it under QEMU; skipped, visibly, without the tools.</summary>
public sealed class FirmwareFactAttribute : FactAttribute
{
    public FirmwareFactAttribute() => Skip = new[] { "make", "arm-none-eabi-gcc", "qemu-system-arm" }.FirstOrDefault(t => !Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, t)))) is { } missing ? $"{missing} is not installed" : null;
}

[Collection(PackageCollection.Name)]
public sealed class FirmwareSampleTests(PackageFeed feed)
{
    [FirmwareFact]
    public void Sample_Firmware_ReadsDigitsThatArriveRowByRow()
    {
        var folder = SampleFolder.CopyOf(feed, "firmware");
        DotNet.Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false", $"-p:McuNetBuildVersion={feed.Version}").Succeed();

        var run = ProgramRun.Good("make", ["run"], folder);

        Assert.Equal(Enumerable.Range(0, 10).Select(d => $"{d} read as {d}"), (run.Output + run.Error).Split('\n').Where(l => l.Contains("read as", StringComparison.Ordinal)));
    }
}
