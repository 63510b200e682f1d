using System;
using System.IO;
using System.Linq;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class CopyMcuSourcesTests : IDisposable
{
    private readonly TemporaryProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Execute_Sources_CopiesWhatDiffersWhateverItsDate()
    {
        foreach (var (file, text) in new[] { ("net.c", "c1"), ("net.h", "h1") })
            File.WriteAllText(_project.PathOf(file), text);
        Assert.True(Copy("net.c", "net.h"));
        foreach (var file in new[] { "net.c", "bin/net.c", "bin/net.h" })
            File.SetLastWriteTimeUtc(_project.PathOf(file), DateTime.UnixEpoch);
        File.WriteAllText(_project.PathOf("net.c"), "c2");
        File.SetLastWriteTimeUtc(_project.PathOf("net.c"), DateTime.UnixEpoch);
        Assert.True(Copy("net.c", "net.h"));
        Assert.Equal(("c2", "h1"), (File.ReadAllText(_project.PathOf("bin/net.c")), File.ReadAllText(_project.PathOf("bin/net.h"))));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_project.PathOf("bin/net.h")));
    }

    [Fact]
    public void Execute_OneThatIsMissing_CopiesNoneAndSaysSo()
    {
        File.WriteAllText(_project.PathOf("net.c"), "c");
        Assert.False(Copy("net.c", "net.h"));
        var error = Assert.Single(_project.Log.Errors);
        Assert.Equal("MCU7034", error.Code);
        Assert.Contains("net.h", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_project.PathOf("bin")));
    }

    private bool Copy(params string[] files) =>
        new CopyMcuSources
        {
            BuildEngine = _project.Log,
            ProjectFile = _project.ProjectFile,
            Sources = [.. files.Select(f => new TaskItem(f))],
            Copies = [.. files.Select(f => new TaskItem("bin/" + f))],
        }.Execute();
}
