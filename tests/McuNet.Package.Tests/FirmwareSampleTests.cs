using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Tests;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>A test that builds a firmware with CMake and runs it under QEMU; skipped, visibly, without the tools.</summary>
public sealed class FirmwareFactAttribute : FactAttribute
{
    public FirmwareFactAttribute() =>
        Skip = new[] { "cmake", "make", "arm-none-eabi-gcc", "qemu-system-arm" }.FirstOrDefault(t =>
            !Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, t)))
        )
            is { } missing
            ? $"{missing} is not installed"
            : null;
}

[Collection(PackageCollection.Name)]
public sealed class FirmwareSampleTests(PackageFeed feed)
{
    [FirmwareFact]
    public void Sample_Firmware_ReadsDigitsThatArriveRowByRow()
    {
        var folder = SampleFolder.CopyOf(feed, "firmware");
        DotNet
            .Run(folder, feed.Environment, "build", "-nologo", "-v", "m", "-nodeReuse:false", $"-p:McuNetBuildVersion={feed.Version}")
            .Succeed();

        Assert.Equal(DigitsRead, Run(folder).Where(l => l.Contains("read as", StringComparison.Ordinal)));
    }

    /// <summary>What the firmware prints of its ten digits when all are right.</summary>
    internal static IEnumerable<string> DigitsRead => Enumerable.Range(0, 10).Select(d => $"{d} read as {d}");

    /// <summary>Compiles the C of a firmware whose network a build has written, and runs it: the lines that were printed.</summary>
    internal static string[] Run(string folder)
    {
        ProgramRun.Good("cmake", ["-S", ".", "-B", "out"], folder);
        var run = ProgramRun.Good("cmake", ["--build", "out", "--target", "run"], folder);
        return (run.Output + run.Error).Split('\n');
    }
}
