using System;
using System.IO;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.OnnxRuntime;

public class OnnxRuntimeLibraryTests
{
    [Fact]
    public void LocateAt_AbsentPlace_NamesThePlaceTheReasonAndTheVersion()
    {
        var result = OnnxRuntimeLibrary.LocateAt("/nowhere/at/all", "NU1301: no source.");

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("MCU7015", diagnostic.Id);
        Assert.Contains("at '/nowhere/at/all': NU1301: no source. Set", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(OnnxRuntimeLibrary.Version, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoLibrary_Throws()
    {
        var thrown = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Open(typeof(OnnxRuntimeLibraryTests).Assembly.Location));

        Assert.Equal("MCU7016", thrown.Diagnostic.Id);
    }

    [HostCompilerFact]
    public void Open_OlderLibrary_NamesBothVersions()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("old.c"),
            """
            static const char *version(void) { return "1.14.0"; }
            static const void *const functions[] = {0, (const void *)version};
            const void *OrtGetApiBase(void) { return functions; }
            """
        );
        var compiler = Toolbox.FromEnvironment().TryFind(Tool.HostCompiler)!;
        string[] arguments = ["-shared", "-fPIC", "old.c", "-o", "old.so"];
        Assert.True(new ToolProcess(compiler, arguments, folder.Path, TimeSpan.FromMinutes(1)).Run().Succeeded);

        var thrown = Assert.Throws<OnnxRuntimeException>(() => OnnxRuntimeLibrary.Open(folder.File("old.so")));

        Assert.Contains($"has version 1.14.0, older than {OnnxRuntimeLibrary.Version}", thrown.Message, StringComparison.Ordinal);
    }
}
