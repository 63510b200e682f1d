using System;
using System.IO;
using McuNet.Runtimes.OnnxRuntime;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Runtimes.Tests.OnnxRuntime;

public class OnnxRuntimeLibraryTests
{
    [Fact]
    public void LocateAt_AbsentPlace_NamesThePlaceAndTheScript()
    {
        var result = OnnxRuntimeLibrary.LocateAt("/nowhere/at/all");

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("MCU7015", diagnostic.Id);
        Assert.Contains("/nowhere/at/all", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("get-onnxruntime.sh", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoLibrary_Throws()
    {
        var library = OnnxRuntimeLibrary.LocateAt(typeof(OnnxRuntimeLibraryTests).Assembly.Location).Value;

        var thrown = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open([], library: library));

        Assert.Equal("MCU7016", thrown.Diagnostic.Id);
    }

    [Fact]
    public void Version_InTheScript_IsTheOneLocated()
    {
        var script = File.ReadAllText(Path.Combine(Folders.Repository, "build", "tools", "get-onnxruntime.sh"));

        Assert.Contains($"\nversion={OnnxRuntimeLibrary.Version}\n", script, StringComparison.Ordinal);
    }
}
