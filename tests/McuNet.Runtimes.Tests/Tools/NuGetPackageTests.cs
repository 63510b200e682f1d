using System;
using System.IO;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.Tools;

public sealed class NuGetPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NuGetPackageTests() =>
        File.WriteAllText(
            _folder.File("nuget.config"),
            """<configuration><packageSources><clear /><add key="empty" value="." /></packageSources></configuration>"""
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Restore_PackageOfTheCache_GivesItsFolderWithoutASource()
    {
        var (folder, problem) = new NuGetPackage("Microsoft.ML.OnnxRuntime.Managed", OnnxRuntimeLibrary.Version).Restore(_folder.Path);

        Assert.Equal("", problem);
        Assert.True(File.Exists(Path.Combine(folder!, "LICENSE.txt")), folder);
    }

    [Fact]
    public void Restore_PackageThatNoSourceHas_GivesWhatNuGetSays()
    {
        var (folder, problem) = new NuGetPackage("McuNet.Nothing", "1.0.0").Restore(_folder.Path);

        Assert.Null(folder);
        Assert.StartsWith("NU1101: Unable to find package McuNet.Nothing.", problem, StringComparison.Ordinal);
    }
}
