using System;
using System.IO;
using System.Linq;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class BuildStampTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcunet tests ").FullName;

    private BuildStamp Stamp => new(In("net"));

    private bool IsUpToDate => File.Exists(In("net.stamp"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ask_ForTheSame_KeepsTheStamp()
    {
        Make("net.c");
        Assert.True(IsUpToDate);
        Stamp.Ask("options", "inputs");
        Assert.True(IsUpToDate);
    }

    [Theory]
    [InlineData("other options", "inputs")]
    [InlineData("options", "other inputs")]
    [InlineData("", "options\ninputs")]
    public void Ask_ForSomethingElse_RemovesTheStampAndKeepsTheOutputs(string response, string inputs)
    {
        Make("net.c");
        Stamp.Ask(response, inputs);
        Assert.False(IsUpToDate);
        Assert.True(File.Exists(In("net.c")));
        Assert.Equal((response, inputs), (File.ReadAllText(In("net.rsp")), File.ReadAllText(In("net.inputs"))));
        Stamp.Ask("options", "inputs");
        Assert.False(IsUpToDate);
    }

    [Theory]
    [InlineData("net.c")]
    [InlineData("net.files")]
    public void Ask_OutputMissing_RemovesTheStamp(string gone)
    {
        Make("net.c");
        File.Delete(In(gone));
        Stamp.Ask("options", "inputs");
        Assert.False(IsUpToDate);
    }

    [Theory]
    [InlineData("other weights")]
    [InlineData(null)]
    public void Ask_ExternalFileChangedOrGone_RemovesTheStamp(string? content)
    {
        var weights = In("net.onnx.data");
        File.WriteAllText(weights, "weights");
        File.WriteAllText(In("net.c"), "");
        Stamp.Set(Stamp.Ask("options", "inputs"), ["net.c"], [weights]);
        Assert.Equal([weights], Stamp.ExternalFiles().Select(f => f.Path));
        File.WriteAllText(weights, "weights");
        Stamp.Ask("options", "inputs");
        Assert.True(IsUpToDate);
        File.Delete(weights);
        if (content is not null)
            File.WriteAllText(weights, content);
        Stamp.Ask("options", "inputs");
        Assert.False(IsUpToDate);
    }

    [Fact]
    public void Set_FewerFiles_RemovesTheOthers()
    {
        Make("net.c", "net.h");
        Make("net.c");
        Assert.True(File.Exists(In("net.c")));
        Assert.False(File.Exists(In("net.h")));
        Assert.Equal("net.c\n", File.ReadAllText(In("net.files")));
    }

    private void Make(params string[] files)
    {
        var fingerprint = Stamp.Ask("options", "inputs");
        foreach (var file in files)
            File.WriteAllText(In(file), "made");
        Stamp.Set(fingerprint, files, []);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
